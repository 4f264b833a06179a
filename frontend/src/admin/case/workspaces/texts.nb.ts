/** The words of the workspaces, found under `admin.workspace`. */
export const workspaces = {};
