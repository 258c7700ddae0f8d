// In the place of a person's name, where head office's own books closed a case. No username holds a colon (contract 1.2).

export const HEAD_OFFICE_ITSELF = ':headOffice';
