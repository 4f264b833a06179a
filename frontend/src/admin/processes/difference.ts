import { diff } from "bpmn-js-differ";
import { BpmnModdle } from "bpmn-moddle";

/** What changed between two drawings, by the ids of what is drawn. */
export interface Difference {
  added: string[];
  changed: string[];
  removed: string[];
}

/** Compare a drawing with the one in force; without one, nothing is marked. */
export async function difference(xml: string, previous: string | null): Promise<Difference> {
  if (previous === null) return { added: [], changed: [], removed: [] };
  const moddle = new BpmnModdle();
  const [before, after] = await Promise.all([moddle.fromXML(previous), moddle.fromXML(xml)]);
  const found = diff(before.rootElement, after.rootElement);
  return {
    added: Object.keys(found._added),
    removed: Object.keys(found._removed),
    changed: Object.keys(found._changed),
  };
}
