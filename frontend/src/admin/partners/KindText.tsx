import { useTranslate } from "react-admin";

export function KindText({ kind }: { kind: string }) {
  const t = useTranslate();
  return <>{t(`partners.kind.${kind}`, { _: kind })}</>;
}
