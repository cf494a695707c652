import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import en from "./en";
import ru from "./ru";

export const LANGUAGES = [
  { code: "en", name: "English", short: "EN" },
  { code: "ru", name: "Русский", short: "РУ" },
] as const;

export type Language = (typeof LANGUAGES)[number]["code"];

const REMEMBERED = "good-offices:language";

function firstLanguage(): Language {
  const wanted = [localStorage.getItem(REMEMBERED), ...navigator.languages.map((tag) => tag.slice(0, 2))];
  return LANGUAGES.find(({ code }) => wanted.find((tag) => LANGUAGES.some((known) => known.code === tag)) === code)?.code ?? "en";
}

export function rememberLanguage(language: Language): void {
  localStorage.setItem(REMEMBERED, language);
  void i18next.changeLanguage(language);
}

void i18next.use(initReactI18next).init({
  resources: { en, ru },
  lng: firstLanguage(),
  fallbackLng: "en",
  defaultNS: "shell",
  interpolation: { escapeValue: false }, // React escapes
});
