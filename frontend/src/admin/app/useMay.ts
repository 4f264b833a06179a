import { useCallback } from "react";
import { usePermissions } from "react-admin";

/** Tell whether an action is open to the person anywhere; the backend has the last word. */
export function useMay(): (action: string) => boolean {
  const { permissions } = usePermissions<string[]>();
  return useCallback((action: string) => permissions?.includes(action) ?? false, [permissions]);
}
