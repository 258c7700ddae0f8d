// Every way in which the head office says no, in its own shapes (status as a string, codes in errors[]).
// Refusals are thrown inside the room and become replies at its edge; nothing else may invent an error body.

export interface ParameterError {
  code: string;
  message: string;
  /** 'id' when left out; null where head office names none. */
  parameter?: string | null;
  /** A null stands for what head office leaves without a value. */
  args?: readonly unknown[];
  /** What was given, where head office repeats it. */
  value?: unknown;
}

export class Refusal extends Error {
  readonly status: number;
  readonly body: string;
  readonly headers: Record<string, string>;

  constructor(status: number, body: unknown, headers: Record<string, string> = { 'content-type': 'application/json' }) {
    super(typeof body === 'string' ? body : `head office refuses with ${String(status)}`);
    this.status = status;
    this.body = typeof body === 'string' ? body : JSON.stringify(body);
    this.headers = headers;
  }
}

/** A parameter of the query that cannot be read at all is answered by the container as if nothing were there. */
export class UnreadableParameter extends Error {}

function parameterError(error: ParameterError): object {
  return {
    developerMessage: error.message,
    defaultUserMessage: error.message,
    userMessageGlobalisationCode: error.code,
    ...(error.parameter === null ? {} : { parameterName: error.parameter ?? 'id' }),
    ...(error.value === undefined ? {} : { value: error.value }),
    args: (error.args ?? []).map((value) => (value === null || value === undefined ? {} : { value })),
  };
}

function globalError(
  status: number,
  code: string,
  message: string,
  errors: readonly ParameterError[] | undefined,
  developerMessage: string = message,
): Refusal {
  return new Refusal(status, {
    developerMessage,
    httpStatusCode: String(status),
    defaultUserMessage: message,
    userMessageGlobalisationCode: code,
    errors: errors?.map(parameterError),
  });
}

export function validationErrors(errors: readonly ParameterError[]): Refusal {
  return globalError(
    400,
    'validation.msg.validation.errors.exist',
    'Validation errors exist.',
    errors,
    'The request was invalid. This typically will happen due to validation errors which are provided.',
  );
}

export function validationError(code: string, message: string, parameter?: string | null, args?: ParameterError['args']): Refusal {
  return validationErrors([{ code, message, ...(parameter === undefined ? {} : { parameter }), ...(args === undefined ? {} : { args }) }]);
}

export function domainRule(code: string, message: string, args: ParameterError['args'] = []): Refusal {
  return globalError(
    403,
    'validation.msg.domain.rule.violation',
    'Errors contain reason for domain rule violation.',
    [{ code, message, args }],
    'Request was understood but caused a domain rule violation.',
  );
}

/** A parameter of null: the database itself refused, and head office cannot say what about. */
export function integrityIssue(code: string, message: string, parameter: string | null = 'id', args: ParameterError['args'] = []): Refusal {
  return globalError(
    403,
    code,
    message,
    [{ code, message, parameter, args }],
    'The request caused a data integrity issue to be fired by the database.',
  );
}

export function unavailable(code: string, message: string, args: ParameterError['args'] = []): Refusal {
  return globalError(
    503,
    'error.msg.platform.service.unavailable',
    'The server is currently unable to handle the request , please try after some time.',
    [{ code, message, args }],
  );
}

export function notFound(code: string, message: string, args: ParameterError['args'] = []): Refusal {
  return globalError(404, 'error.msg.resource.not.found', 'The requested resource is not available.', [{ code, message, args }]);
}

export function forbidden(message: string): Refusal {
  return globalError(
    403,
    'error.msg.not.authorized',
    'Insufficient privileges to perform this action.',
    [{ code: 'error.msg.not.authorized', message }],
    'The user associated with credentials passed on this request does not have sufficient privileges to perform this action.',
  );
}

export function notAuthorized(permission: string): Refusal {
  const message = `User has no authority to: ${permission}`;
  return forbidden(message);
}

export function notAuthenticated(): Refusal {
  return globalError(
    401,
    'error.msg.not.authenticated',
    'Unauthenticated. Please login.',
    undefined,
    'Invalid authentication details were passed in api request.',
  );
}

/** The container's own body, which head office gives for whatever it did not foresee. */
export function containerRefusal(status: number, error: string, path: string, nowMs: number): Refusal {
  return new Refusal(status, {
    timestamp: new Date(nowMs).toISOString(),
    status,
    error,
    path: `/fineract-provider/api/v1/${path}`,
  });
}

/** What the security filter answers by itself: the container's body, not the head office's. */
export function filterRefusal(status: 400 | 401, error: string, path: string, nowMs: number): Refusal {
  return new Refusal(
    status,
    { timestamp: new Date(nowMs).toISOString(), status, error, path },
    { 'content-type': 'application/json', 'www-authenticate': 'Basic realm="Fineract Platform API"' },
  );
}

/** The filter in front of the commands says it, without errors[] and without a content type. */
export function loanLocked(loanId: number): Refusal {
  const message = 'Loan is locked by the COB job. Loan ID: ' + String(loanId);
  return new Refusal(409, globalError(409, 'error.msg.loan.locked', message, undefined).body, {});
}

/** While it is on, every call of the user is answered so. */
export function passwordOutdated(userId: number): Refusal {
  const message = `The password of the user with id ${String(userId)} has expired, please reset it`;
  const code = 'error.msg.password.outdated';
  const developer = 'The request was invalid. This typically will happen due to validation errors which are provided.';
  return globalError(400, code, message, [{ code, message, parameter: 'userId', args: [userId] }], developer);
}

export function plannedRefusal(status: number, code: string): Refusal {
  const message = 'Refused by the practice control.';
  if (status === 400) return validationError(code, message);
  if (status === 404) return notFound(code, message);
  if (status === 403 && code !== 'error.msg.not.authorized') return domainRule(code, message);
  if (status === 401) return notAuthenticated();
  return globalError(status, code, message, [{ code, message }]);
}

export function unsupportedParameters(names: readonly string[]): Refusal {
  return validationErrors(
    names.map((name) => ({
      code: 'error.msg.parameter.unsupported',
      message: `The parameter ${name} is not supported.`,
      parameter: name,
      args: [name],
    })),
  );
}

export function unsupportedValue(parameter: string, value: string | null, supported: readonly string[] = []): Refusal {
  return validationError(
    'error.msg.query.parameter.value.unsupported',
    `The query parameter ${parameter} has an unsupported value of: ${String(value)}`,
    parameter,
    [parameter, value, supported],
  );
}

export function unsupportedCommand(command: string | null, supported: readonly string[] = []): Refusal {
  return unsupportedValue('command', command, supported);
}

export function malformedJson(): Refusal {
  return new Refusal(400, parameterError({ code: 'error.msg.invalid.request.body', message: 'The request body is not valid JSON.' }));
}

/** JSON, but no command. */
export function invalidJson(): Refusal {
  const message = 'The referenced JSON is invalid, validate the format of the JSON before calling again.';
  return globalError(400, 'error.msg.invalid.json', message, []);
}

/** An item of a batch names what the item before it did not give. */
export function invalidJsonPath(): Refusal {
  const message = 'The referenced JSON path is invalid.';
  return new Refusal(400, parameterError({ code: 'error.msg.invalid.json.path', message }));
}

/** Two changes of one thing at one moment; 'query' when each stands alone, 'lock' inside a batch that holds together. */
export function conflict(kind: 'query' | 'lock'): Refusal {
  const code = `error.msg.platform.service.${kind}.conflict`;
  const message = `The server is currently unable to handle the request due to concurrent modification on ${kind}, please try again`;
  return globalError(409, code, message, undefined);
}
