import Edit from "@mui/icons-material/EditOutlined";
import Box from "@mui/material/Box";
import IconButton from "@mui/material/IconButton";
import Typography from "@mui/material/Typography";
import type { ReactNode } from "react";
import { useTranslate } from "react-admin";
import { Status } from "../app/status";
import { Empty } from "../app/ui/Empty";
import { Panel } from "../app/ui/Panel";
import { Due } from "../app/ui/When";
import type { InvolvementItem } from "./types";

interface Props {
  items: readonly InvolvementItem[];
  onEdit: ((item: InvolvementItem) => void) | undefined;
  action: ReactNode;
}

function Detail({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Box sx={{ minWidth: 0 }}>
      <Typography variant="caption" component="dt" sx={{ color: "text.secondary" }}>
        {label}
      </Typography>
      <Typography variant="body2" component="dd" sx={{ m: 0 }}>
        {children}
      </Typography>
    </Box>
  );
}

function Item({ item, onEdit }: { item: InvolvementItem; onEdit: Props["onEdit"] }) {
  const t = useTranslate();
  return (
    <Box
      component="li"
      sx={{ display: "flex", gap: 1.5, px: 2, py: 1.5, borderTop: 1, borderColor: "divider" }}
    >
      <Typography sx={{ fontWeight: 650, color: "text.secondary", minWidth: 22 }}>
        {item.number}
      </Typography>
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <Box sx={{ display: "flex", gap: 1, flexWrap: "wrap", alignItems: "center" }}>
          <Typography sx={{ fontWeight: 600 }}>{item.actor_group}</Typography>
          <Status texts="strategy.status" state={item.status} />
        </Box>
        <Typography variant="body2" sx={{ mb: 1 }}>
          {item.question}
        </Typography>
        <Box
          component="dl"
          sx={{
            m: 0,
            display: "grid",
            gap: 1,
            gridTemplateColumns: "repeat(auto-fit, minmax(140px, 1fr))",
          }}
        >
          {item.method && <Detail label={t("admin.strategy.method")}>{item.method}</Detail>}
          {item.decision_point && (
            <Detail label={t("admin.strategy.decision_point")}>{item.decision_point}</Detail>
          )}
          <Detail label={t("admin.strategy.horizon")}>
            {t(`strategy.horizon.${item.horizon}`)}
          </Detail>
          {item.responsible && (
            <Detail label={t("admin.case.responsible")}>{item.responsible.name}</Detail>
          )}
          {item.due_on && (
            <Detail label={t("admin.strategy.due")}>
              <Due date={item.due_on} />
            </Detail>
          )}
          <Detail label={t("admin.menu.cases")}>{item.case_count}</Detail>
        </Box>
      </Box>
      {onEdit && (
        <IconButton
          size="small"
          sx={{ alignSelf: "flex-start" }}
          aria-label={t("admin.strategy.edit_item", { number: item.number })}
          onClick={() => onEdit(item)}
        >
          <Edit fontSize="small" />
        </IconButton>
      )}
    </Box>
  );
}

/** The involvement items: who is asked about what, when and how. */
export function ItemTable({ items, onEdit, action }: Props) {
  const t = useTranslate();
  return (
    <Panel title={t("admin.strategy.items")} action={action} flush>
      {items.length === 0 && (
        <Empty title={t("admin.strategy.no_items")} hint={t("admin.strategy.no_items_hint")} />
      )}
      <Box component="ol" sx={{ listStyle: "none", m: 0, p: 0 }}>
        {items.map((item) => (
          <Item key={item.id} item={item} onEdit={onEdit} />
        ))}
      </Box>
    </Panel>
  );
}
