import type { RJSFSchema, UiSchema } from "@rjsf/utils";
import type { TaskDetail } from "../types";

interface FieldUi {
  "ui:options"?: { reference?: string };
}

/** A field that refers to something is drawn by the widget of that name. */
function withReferences(ui: Record<string, unknown>): UiSchema {
  return Object.fromEntries(
    Object.entries(ui).map(([name, field]) => {
      const reference = (field as FieldUi | null)?.["ui:options"]?.reference;
      return [name, reference ? { ...(field as object), "ui:widget": reference } : field];
    }),
  );
}

/** A task's form as it is drawn: the task's name stands above it, its button below it. */
export function drawable(task: TaskDetail): { schema: RJSFSchema; ui: UiSchema } {
  const { title: _, $schema: __, ...schema } = (task.form?.schema ?? {}) as RJSFSchema;
  return {
    schema: { type: "object", ...schema },
    ui: {
      ...withReferences(task.form?.ui ?? {}),
      "ui:submitButtonOptions": { norender: true },
    },
  };
}
