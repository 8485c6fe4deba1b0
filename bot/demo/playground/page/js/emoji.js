// The emoji people and apps use most, by their short names.

const NAMES = {
  white_check_mark: "✅", heavy_check_mark: "✔️", x: "❌", warning: "⚠️", rotating_light: "🚨",
  information_source: "ℹ️", question: "❓", exclamation: "❗", no_entry: "⛔", no_entry_sign: "🚫",
  hourglass: "⌛", hourglass_flowing_sand: "⏳", alarm_clock: "⏰", clock9: "🕘", calendar: "📆", date: "📅",
  tada: "🎉", sparkles: "✨", rocket: "🚀", star: "⭐", wave: "👋", "+1": "👍", thumbsup: "👍", "-1": "👎",
  clap: "👏", raised_hands: "🙌", pray: "🙏", eyes: "👀", bulb: "💡", memo: "📝", pencil: "📝", pencil2: "✏️",
  books: "📚", ledger: "📒", book: "📖", page_facing_up: "📄", inbox_tray: "📥", outbox_tray: "📤",
  file_folder: "📁", card_index: "📇", bar_chart: "📊", chart_with_upwards_trend: "📈", receipt: "🧾",
  moneybag: "💰", dollar: "💵", credit_card: "💳", bank: "🏦", scales: "⚖️", link: "🔗", lock: "🔒",
  unlock: "🔓", key: "🔑", gear: "⚙️", wrench: "🔧", mag: "🔍", bell: "🔔", zzz: "💤", repeat: "🔁",
  arrows_counterclockwise: "🔄", arrow_right: "➡️", arrow_left: "⬅️", arrow_up: "⬆️", arrow_down: "⬇️",
  large_green_circle: "🟢", large_yellow_circle: "🟡", red_circle: "🔴", large_blue_circle: "🔵",
  white_circle: "⚪", black_circle: "⚫", small_blue_diamond: "🔹", green_heart: "💚", heart: "❤️",
  smile: "😄", slightly_smiling_face: "🙂", thinking_face: "🤔", coffee: "☕", sunny: "☀️", seedling: "🌱",
  bust_in_silhouette: "👤", busts_in_silhouette: "👥", family: "👪", earth_americas: "🌎", airplane: "✈️",
  passport_control: "🛂", "flag-ca": "🇨🇦", "flag-us": "🇺🇸", paperclip: "📎", pushpin: "📌", hammer: "🔨",
};

const SHORT_NAME = /:([a-z0-9_+-]+):/g;

export function withEmoji(text) {
  return text.replace(SHORT_NAME, (whole, name) => NAMES[name] || whole);
}

export function emoji(name) {
  return NAMES[name] || `:${name}:`;
}
