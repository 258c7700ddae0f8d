// Lists of clients narrowed to one person's, or to one status, in the order of their names.

export const version = 17;

export const sql = `
CREATE INDEX replica_clients_of_staff ON replica_clients (staff_name, name_key) WHERE gone = 0 AND staff_name IS NOT NULL;
CREATE INDEX replica_clients_of_status ON replica_clients (status, name_key) WHERE gone = 0;
`;
