import { useApi } from "../app/http/useApi";
import type { Named } from "../app/types";
import type { StrategyView } from "../strategy/types";

interface AreaWithMeasures {
  measures: { id: string; number: number; title: string }[];
}

/** The measures of an area's action plan, to choose from. */
export function useMeasureChoices(areaId: string | null | undefined): Named[] {
  const area = useApi<AreaWithMeasures>(`/areas/${areaId}`, {}, { enabled: Boolean(areaId) });
  return (area.data?.measures ?? []).map(({ id, number, title }) => ({
    id,
    name: `${number}. ${title}`,
  }));
}

/** The involvement items of an area's strategy, to choose from. */
export function useInvolvementChoices(areaId: string | null | undefined): Named[] {
  const strategy = useApi<StrategyView>(
    `/areas/${areaId}/strategy`,
    {},
    { enabled: Boolean(areaId), missingIsEmpty: true },
  );
  return (strategy.data?.items ?? []).map(({ id, title }) => ({
    id,
    name: title,
  }));
}
