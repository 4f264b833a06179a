import Box from "@mui/material/Box";
import Skeleton from "@mui/material/Skeleton";
import { useTranslate } from "react-admin";

const LINES = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"];

/** The shape of what is on its way. */
export function Waiting({ lines = 3, height = 20 }: { lines?: number; height?: number }) {
  const t = useTranslate();
  return (
    <Box aria-busy="true" aria-label={t("admin.loading")} role="status">
      {LINES.slice(0, lines).map((line, index) => (
        <Skeleton
          key={line}
          variant="rounded"
          height={height}
          width={`${100 - ((index * 17) % 45)}%`}
          sx={{ my: 1 }}
        />
      ))}
    </Box>
  );
}
