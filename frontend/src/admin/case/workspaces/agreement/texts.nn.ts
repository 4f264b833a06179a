/** Rewriting sections of a draft, and its kept versions, in nynorsk: `admin.workspace`. */
export const departures = {
  title: "Teksten, punkt for punkt",
  lead: "Du kan skrive om eit punkt. Endringa blir ståande som eit avvik frå malen, og juristen les ho.",
  sections: "%{smart_count} punkt i avtalen |||| Alle dei %{smart_count} punkta i avtalen",
  changed: "Skrive om",
  edit: "Endre teksten",
  edit_named: "Endre teksten: %{section}",
  edit_title: "Endre teksten i «%{section}»",
  edit_intro:
    "Skriv punktet slik det skal stå. Beløp og datoar her følgjer ikkje lenger saka når du har skrive om punktet.",
  new_text: "Ny tekst",
  text_of: "Teksten i «%{section}»",
  change: "Slik les juristen endringa",
  as_approved: "Inga endring enno. Teksten er slik malen har han.",
  reason: "Kvifor må punktet endrast?",
  reason_help: "Juristen les grunngivinga.",
  keep: "Lagre endringa",
  kept: "Endringa er lagra",
  take_back: "Ta tilbake",
  take_back_named: "Ta tilbake: %{section}",
  taken_back: "Punktet er slik malen har det igjen",
  why: "Grunngiving:",
  outdated:
    "Opplysningar i punktet er endra etter at teksten vart skriven om. Sjå over han og lagre han på nytt.",
  left_out: "Punktet er ikkje med i avtalen slik saka er no.",
  followed_up_by:
    "%{what} blir følgd opp etter signering som før, med frist %{day}, same kva teksten seier no.",
  followed_up: "%{what} blir følgd opp etter signering som før, same kva teksten seier no.",
  not_followed_up:
    "%{what} blir ikkje lenger følgd opp etter signering, fordi plikta er teken ut av teksten.",
  status: { open: "Ikkje vurdert enno", approved: "Godkjend", rejected: "Ikkje godkjend" },
  answer: { approved: "%{name} godkjende endringa", rejected: "%{name} sa nei" },
  earlier: {
    approved: "%{name} godkjende ein tidlegare tekst her",
    rejected: "%{name} sa nei til ein tidlegare tekst her",
  },
  to_read:
    "Éi endring frå den godkjende teksten |||| %{smart_count} endringar frå den godkjende teksten",
  waiting:
    "Resten er slik malen har det. Éi endring ventar på svar frå deg. |||| Resten er slik malen har det. %{smart_count} endringar ventar på svar frå deg.",
  all_judged: "Alle endringane har fått svar. Avgjer no avtalen som heilskap nedanfor.",
  whole: "Les heile avtalen",
  approve: "Godkjenn",
  approve_named: "Godkjenn: %{section}",
  approved: "Endringa er godkjend",
  reject: "Sei nei",
  reject_named: "Sei nei: %{section}",
  reject_title: "Sei nei til endringa i «%{section}»",
  reject_intro: "Den som skreiv, les grunngivinga når avtalen kjem tilbake.",
  reject_reason: "Kvifor ikkje?",
  rejected: "Svaret er lagra",
  own: "Du skreiv sjølv denne endringa. Ein annan jurist må godkjenne ho.",
};

export const versions = {
  title: "Versjonar av teksten",
  none: "Ingen versjonar er tekne vare på enno. Det skjer av seg sjølv når utkastet blir sendt til nokon.",
  version: "Versjon %{number}",
  occasion: {
    reading: "send til gjennomlesing",
    review: "send til juridisk",
    signature: "send til signering",
    asked: "teken vare på",
  },
  compare: "Samanlikn",
  compared: "Versjon %{before} og %{after}",
  how_to_read: "Det nye er understreka, det som er borte, er stroke over.",
  whole: "Vis også det som ikkje er endra",
  same: "Dei to versjonane er like.",
  keep: "Ta vare på denne versjonen",
  kept: "Versjonen er teken vare på",
};
