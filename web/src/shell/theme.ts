import { createTheme, type MantineColorsTuple } from "@mantine/core";

/** United Nations blue, darkened until it can carry text on white. */
const un: MantineColorsTuple = ["#eaf5fb", "#d5e9f5", "#a8d2ec", "#75b9e2", "#4aa6da", "#2597d1", "#0086c3", "#00669e", "#005a8c", "#004a75"];
const night: MantineColorsTuple = ["#e8eaec", "#c3c9cf", "#a9b2bb", "#7c8791", "#414b55", "#333c45", "#262e36", "#1c2229", "#171c22", "#12161b"];

/** For steps that take something back; dark enough for text in light, light enough in dark. */
const bad: MantineColorsTuple = ["#fbe6e6", "#f5c9c9", "#eea9a9", "#ff9c9c", "#ff9c9c", "#d65a60", "#b92c35", "#a3161f", "#8d1420", "#6f0f18"];

const UI = 'system-ui, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif';
const TEXT = 'Charter, "Bitstream Charter", "Noto Serif", Cambria, Georgia, "Liberation Serif", "Times New Roman", serif';

export const theme = createTheme({
  primaryColor: "un",
  primaryShade: { light: 7, dark: 7 },
  colors: { un, bad, dark: night },
  fontFamily: UI,
  headings: { fontFamily: TEXT, fontWeight: "600" },
  defaultRadius: 2,
  fontSizes: { xs: "0.8rem", sm: "0.875rem", md: "0.95rem", lg: "1.05rem", xl: "1.2rem" },
  cursorType: "pointer",
  focusRing: "always",
  respectReducedMotion: true,
  components: {
    Modal: { defaultProps: { radius: 2, overlayProps: { backgroundOpacity: 0.45 }, transitionProps: { duration: 80 } } },
    Button: { defaultProps: { size: "sm" } },
  },
});
