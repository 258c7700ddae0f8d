// The words in which anybody speaks to a head office: one request, one reply, no sockets.
// The same shapes serve the practice head office and the adapter that talks to a real one.
// A reply with status 0 means that no reply came: the line broke or the server crashed.

export interface HeadOfficeRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path below /fineract-provider/api/v1, with query, e.g. '/clients?limit=200'. */
  url: string;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: string | null;
}

export interface HeadOfficeReply {
  status: number;
  headers: Record<string, string>;
  body: string;
}
