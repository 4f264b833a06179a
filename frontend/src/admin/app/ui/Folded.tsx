import ExpandMore from "@mui/icons-material/ExpandMoreOutlined";
import Accordion from "@mui/material/Accordion";
import AccordionDetails from "@mui/material/AccordionDetails";
import AccordionSummary from "@mui/material/AccordionSummary";
import type { ReactNode } from "react";

interface Props {
  title: string;
  children: ReactNode;
}

/** Something that is there for those who ask for it; it is drawn when it is unfolded. */
export function Folded({ title, children }: Props) {
  return (
    <Accordion
      disableGutters
      elevation={0}
      slotProps={{ heading: { component: "h3" }, transition: { unmountOnExit: true } }}
      sx={{
        border: 1,
        borderColor: "divider",
        borderRadius: 1,
        bgcolor: "transparent",
        "&::before": { display: "none" },
      }}
    >
      <AccordionSummary expandIcon={<ExpandMore />} sx={{ fontWeight: 600 }}>
        {title}
      </AccordionSummary>
      <AccordionDetails sx={{ pt: 0 }}>{children}</AccordionDetails>
    </Accordion>
  );
}
