declare module "bpmn-js-differ" {
  interface Found {
    _added: Record<string, object>;
    _removed: Record<string, object>;
    _changed: Record<string, object>;
    _layoutChanged: Record<string, object>;
  }
  export function diff(before: object, after: object): Found;
}

declare module "bpmn-moddle" {
  export class BpmnModdle {
    fromXML(xml: string): Promise<{ rootElement: object }>;
  }
}
