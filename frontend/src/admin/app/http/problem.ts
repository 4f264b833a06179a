/** RFC 9457 problem bodies as the backend sends them, and what forms need of them. */
import { HttpError } from "react-admin";

export interface FieldProblem {
  pointer: string;
  code: string;
  detail: string;
}

export interface ProblemBody {
  type?: string;
  title?: string;
  status?: number;
  detail?: string;
  errors?: FieldProblem[];
}

/** A refusal of the API. `body.errors` has the form that react-admin puts at the fields. */
export class ApiProblem extends HttpError {
  readonly problem: ProblemBody;

  constructor(status: number, problem: ProblemBody) {
    super(problem.detail ?? problem.title ?? String(status), status, {
      errors: fieldErrors(problem.errors ?? []),
    });
    // HttpError sets its own prototype, which would hide this class.
    Object.setPrototypeOf(this, ApiProblem.prototype);
    this.problem = problem;
  }

  /** Somebody else was first, or the version read is no longer the newest. */
  get isConflict(): boolean {
    return this.status === 409 || this.status === 428 || this.status === 412;
  }
}

/** `/lines/0/amount_ore` → `lines.0.amount_ore`, the path react-hook-form knows a field by. */
export function fieldPath(pointer: string): string {
  return pointer
    .replace(/^#?\//, "")
    .split("/")
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .join(".");
}

/** Message by field path; several messages at one field are joined. */
export function fieldErrors(errors: readonly FieldProblem[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { pointer, detail } of errors) {
    const path = fieldPath(pointer);
    found[path] = found[path] ? `${found[path]} ${detail}` : detail;
  }
  return found;
}
