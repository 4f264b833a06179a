/** Rewriting sections of a draft, and its kept versions, in bokmål: `admin.workspace`. */
export const departures = {
  title: "Teksten, punkt for punkt",
  lead: "Du kan skrive om et punkt. Endringen blir stående som et avvik fra malen, og juristen leser den.",
  sections: "%{smart_count} punkt i avtalen |||| Alle %{smart_count} punktene i avtalen",
  changed: "Skrevet om",
  edit: "Endre teksten",
  edit_named: "Endre teksten: %{section}",
  edit_title: "Endre teksten i «%{section}»",
  edit_intro:
    "Skriv punktet slik det skal stå. Beløp og datoer her følger ikke lenger saken når du har skrevet om punktet.",
  new_text: "Ny tekst",
  text_of: "Teksten i «%{section}»",
  change: "Slik leser juristen endringen",
  as_approved: "Ingen endring ennå. Teksten er slik malen har den.",
  reason: "Hvorfor må punktet endres?",
  reason_help: "Juristen leser begrunnelsen.",
  keep: "Lagre endringen",
  kept: "Endringen er lagret",
  take_back: "Ta tilbake",
  take_back_named: "Ta tilbake: %{section}",
  taken_back: "Punktet er slik malen har det igjen",
  why: "Begrunnelse:",
  outdated:
    "Opplysninger i punktet er endret etter at teksten ble skrevet om. Se over den og lagre den på nytt.",
  left_out: "Punktet er ikke med i avtalen slik saken er nå.",
  followed_up_by:
    "%{what} følges opp etter signering som før, med frist %{day}, uansett hva teksten sier nå.",
  followed_up: "%{what} følges opp etter signering som før, uansett hva teksten sier nå.",
  not_followed_up:
    "%{what} følges ikke lenger opp etter signering, fordi forpliktelsen er tatt ut av teksten.",
  status: { open: "Ikke vurdert ennå", approved: "Godkjent", rejected: "Ikke godkjent" },
  answer: { approved: "%{name} godkjente endringen", rejected: "%{name} sa nei" },
  earlier: {
    approved: "%{name} godkjente en tidligere tekst her",
    rejected: "%{name} sa nei til en tidligere tekst her",
  },
  to_read:
    "Én endring fra den godkjente teksten |||| %{smart_count} endringer fra den godkjente teksten",
  waiting:
    "Resten er slik malen har det. Én endring venter på svar fra deg. |||| Resten er slik malen har det. %{smart_count} endringer venter på svar fra deg.",
  all_judged: "Alle endringene har fått svar. Avgjør nå avtalen som helhet nedenfor.",
  whole: "Les hele avtalen",
  approve: "Godkjenn",
  approve_named: "Godkjenn: %{section}",
  approved: "Endringen er godkjent",
  reject: "Si nei",
  reject_named: "Si nei: %{section}",
  reject_title: "Si nei til endringen i «%{section}»",
  reject_intro: "Den som skrev, leser begrunnelsen når avtalen kommer tilbake.",
  reject_reason: "Hvorfor ikke?",
  rejected: "Svaret er lagret",
  own: "Du skrev selv denne endringen. En annen jurist må godkjenne den.",
};

export const versions = {
  title: "Versjoner av teksten",
  none: "Ingen versjoner er tatt vare på ennå. Det skjer av seg selv når utkastet sendes til noen.",
  version: "Versjon %{number}",
  occasion: {
    reading: "sendt til gjennomlesing",
    review: "sendt til juridisk",
    signature: "sendt til signering",
    asked: "tatt vare på",
  },
  compare: "Sammenlign",
  compared: "Versjon %{before} og %{after}",
  how_to_read: "Det nye er understreket, det som er borte, er strøket over.",
  whole: "Vis også det som ikke er endret",
  same: "De to versjonene er like.",
  keep: "Ta vare på denne versjonen",
  kept: "Versjonen er tatt vare på",
};
