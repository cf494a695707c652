/** RFC 9457 problem details, as the services answer them. */
export interface ProblemBody {
  type?: string;
  title?: string;
  status?: number;
  detail?: string;
  request_id?: string;
  errors?: { pointer?: string; detail?: string }[];
  [extra: string]: unknown;
}

/** A refusal or failure that a person can read; `slug` is the last segment of the problem's type. */
export class Problem extends Error {
  readonly status: number;
  readonly body: ProblemBody;

  constructor(status: number, body: ProblemBody) {
    super(body.detail ?? body.title ?? `HTTP ${status}`);
    this.name = "Problem";
    this.status = status;
    this.body = body;
  }

  get slug(): string {
    return this.body.type?.split("/").pop() ?? "";
  }

  static of(status: number, error: unknown): Problem {
    return new Problem(status, typeof error === "object" && error !== null ? (error as ProblemBody) : {});
  }

  static unreachable(reason: unknown): Problem {
    if (reason instanceof Problem) return reason;
    return new Problem(0, { type: "about:/unreachable" });
  }
}

/** True when somebody else has changed it since the version that was sent. */
export function isStale(error: unknown): boolean {
  return error !== null && asProblem(error).status === 412;
}

export function asProblem(error: unknown): Problem {
  return error instanceof Problem ? error : Problem.unreachable(error);
}
