// Every way in which the head office says no, in its own shapes (status as a string, codes in errors[]).
// Refusals are thrown inside the room and become replies at its edge; nothing else may invent an error body.

export interface ParameterError {
  code: string;
  message: string;
  parameter?: string;
  args?: readonly (string | number | boolean | null)[];
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

function parameterError(error: ParameterError): object {
  return {
    developerMessage: error.message,
    defaultUserMessage: error.message,
    userMessageGlobalisationCode: error.code,
    parameterName: error.parameter ?? 'id',
    args: (error.args ?? []).map((value) => (value === null ? {} : { value })),
  };
}

function globalError(status: number, code: string, message: string, errors: readonly ParameterError[]): Refusal {
  return new Refusal(status, {
    developerMessage: message,
    httpStatusCode: String(status),
    defaultUserMessage: message,
    userMessageGlobalisationCode: code,
    errors: errors.map(parameterError),
  });
}

export function validationErrors(errors: readonly ParameterError[]): Refusal {
  return globalError(400, 'validation.msg.validation.errors.exist', 'Validation errors exist.', errors);
}

export function validationError(code: string, message: string, parameter?: string, args?: ParameterError['args']): Refusal {
  return validationErrors([{ code, message, ...(parameter === undefined ? {} : { parameter }), ...(args === undefined ? {} : { args }) }]);
}

export function domainRule(code: string, message: string, args: ParameterError['args'] = []): Refusal {
  return globalError(403, 'validation.msg.domain.rule.violation', 'Request was understood but caused a domain rule violation.', [
    { code, message, args },
  ]);
}

export function integrityIssue(code: string, message: string, parameter = 'id', args: ParameterError['args'] = []): Refusal {
  return globalError(403, code, message, [{ code, message, parameter, args }]);
}

export function notFound(code: string, message: string, args: ParameterError['args'] = []): Refusal {
  return globalError(404, 'error.msg.resource.not.found', 'The requested resource is not available.', [{ code, message, args }]);
}

export function notAuthorized(permission: string): Refusal {
  const message = `User has no authority to: ${permission}`;
  return globalError(403, 'error.msg.not.authorized', 'Insufficient privileges to perform this action.', [
    { code: 'error.msg.not.authorized', message },
  ]);
}

export function notAuthenticated(): Refusal {
  return globalError(401, 'error.msg.not.authenticated', 'Unauthenticated. Please login.', [
    { code: 'error.msg.not.authenticated', message: 'Unauthenticated. Please login.' },
  ]);
}

/** What the security filter answers by itself: the container's body, not the head office's. */
export function filterRefusal(status: 400 | 401, error: string, path: string, nowMs: number): Refusal {
  return new Refusal(
    status,
    { timestamp: new Date(nowMs).toISOString(), status, error, path },
    { 'content-type': 'application/json', 'www-authenticate': 'Basic realm="Fineract Platform API"' },
  );
}

export function loanLocked(loanId: number): Refusal {
  const body = globalError(409, 'error.msg.loan.locked', 'Loan is locked by the COB job. Loan ID: ' + String(loanId), [
    { code: 'error.msg.loan.locked', message: 'Loan is locked by the COB job. Loan ID: ' + String(loanId) },
  ]).body;
  return new Refusal(409, body, {});
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

export function unsupportedCommand(command: string): Refusal {
  return validationError('error.msg.command.unsupported', `The command ${command} is not supported.`, 'command', [command]);
}

export function malformedJson(): Refusal {
  return new Refusal(400, parameterError({ code: 'error.msg.invalid.request.body', message: 'The request body is not valid JSON.' }));
}

export function conflict(kind: string): Refusal {
  const code = `error.msg.platform.service.${kind}.conflict`;
  return globalError(409, code, 'Concurrent change.', [{ code, message: 'Concurrent change.' }]);
}
