// Who may sign in at this PC.

export interface StaffRecord {
  readonly username: string;
  readonly displayName: string;
  readonly role: string;
  readonly staffServerId: number | null;
  readonly userServerId: number;
  readonly officeServerId: number;
  readonly permissions: readonly string[];
  /** Argon2id text, and the sealed password for sending. Null after head office refused it. */
  readonly passwordHash: string | null;
  readonly sealedPassword: string | null;
  readonly lastOnlineAt: number;
  readonly failures: number;
  readonly waitUntil: number | null;
  readonly lockedOut: boolean;
  /** 'needed': head office refused the kept sign-in; commands of this person wait. */
  readonly signIn: 'good' | 'needed';
}

export interface StaffReads {
  staff(username: string): StaffRecord | null;
  allStaff(): readonly StaffRecord[];
}

export interface StaffWrites {
  saveStaff(staff: StaffRecord): void;
}
