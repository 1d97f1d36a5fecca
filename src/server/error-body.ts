/** An error as the HTTP API says it: a code for programs, a sentence for people, the id under which it is logged. */
export interface ErrorBody {
  readonly error: { readonly code: string; readonly message: string; readonly requestId?: string };
}

export function errorBody(code: string, message: string, requestId?: string): ErrorBody {
  return { error: { code, message, ...(requestId === undefined ? {} : { requestId }) } };
}

/** For 500: what failed is in the log under the id. */
export function internalError(requestId: string): ErrorBody {
  return errorBody('internal', 'Something failed here. Try again in a minute.', requestId);
}

/** For 413. */
export function tooLargeError(requestId: string): ErrorBody {
  return errorBody('too-large', 'The body is larger than 1 MB.', requestId);
}

/** For 503, while bodies of others fill the memory that there is for them. */
export function noRoomError(requestId: string): ErrorBody {
  return errorBody('busy', 'Too much is arriving at once. Try again in a second.', requestId);
}

/** For 400, where it is not even clear what is asked for. */
export function unreadableError(requestId?: string): ErrorBody {
  return errorBody('bad-request', 'The host or the address of this request cannot be read.', requestId);
}
