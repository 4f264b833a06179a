/** Rewriting sections of a draft, and its kept versions, in English: `admin.workspace`. */
export const departures = {
  title: "The text, section by section",
  lead: "You can rewrite a section. The change stands as a departure from the template, and legal reads it.",
  sections:
    "%{smart_count} section of the agreement |||| All %{smart_count} sections of the agreement",
  changed: "Rewritten",
  edit: "Change the text",
  edit_named: "Change the text: %{section}",
  edit_title: "Change the text of “%{section}”",
  edit_intro:
    "Write the section as it is to read. Amounts and dates in it no longer follow the case once you have rewritten it.",
  new_text: "New text",
  text_of: "Text of “%{section}”",
  change: "The change as legal reads it",
  as_approved: "No change yet. The text is as the template has it.",
  reason: "Why must the section change?",
  reason_help: "Legal reads the reason.",
  keep: "Save the change",
  kept: "The change is saved",
  take_back: "Take back",
  take_back_named: "Take back: %{section}",
  taken_back: "The section is as the template has it again",
  why: "Reason:",
  outdated:
    "Facts in this section have changed since the text was rewritten. Look it over and save it again.",
  left_out: "The section is not part of the agreement as the case stands now.",
  followed_up_by:
    "%{what} is followed up after signing as before, due %{day}, whatever the text says now.",
  followed_up: "%{what} is followed up after signing as before, whatever the text says now.",
  not_followed_up:
    "%{what} is no longer followed up after signing, since the obligation was taken out of the text.",
  status: { open: "Not judged yet", approved: "Approved", rejected: "Not approved" },
  answer: { approved: "%{name} approved the change", rejected: "%{name} said no" },
  earlier: {
    approved: "%{name} approved an earlier text here",
    rejected: "%{name} said no to an earlier text here",
  },
  to_read: "One change to the approved text |||| %{smart_count} changes to the approved text",
  waiting:
    "The rest is as the template has it. One change waits for your answer. |||| The rest is as the template has it. %{smart_count} changes wait for your answer.",
  all_judged: "Every change has its answer. Now decide on the agreement as a whole below.",
  whole: "Read the whole agreement",
  approve: "Approve",
  approve_named: "Approve: %{section}",
  approved: "The change is approved",
  reject: "Say no",
  reject_named: "Say no: %{section}",
  reject_title: "Say no to the change in “%{section}”",
  reject_intro: "Whoever wrote it reads the reason when the agreement comes back.",
  reject_reason: "Why not?",
  rejected: "The answer is saved",
  own: "You wrote this change yourself. Another lawyer must approve it.",
};

export const versions = {
  title: "Versions of the text",
  none: "No version is kept yet. That happens by itself when the draft is sent to somebody.",
  version: "Version %{number}",
  occasion: {
    reading: "sent for reading",
    review: "sent to legal",
    signature: "sent for signing",
    asked: "kept",
  },
  compare: "Compare",
  compared: "Version %{before} and %{after}",
  how_to_read: "What is new is underlined, what is gone is struck through.",
  whole: "Show also what has not changed",
  same: "The two versions are the same.",
  keep: "Keep this version",
  kept: "The version is kept",
};
