// Times as Slack writes them, in the time zone of the person in front of the screen.

import { me, now } from "./screen.js";

function part(date, options) {
  return new Intl.DateTimeFormat("en-CA", { timeZone: me().timezone, ...options }).format(date);
}

function clock(date) {
  return part(date, { hour: "numeric", minute: "2-digit", hour12: true }).replace(/ ?([ap])\.m\./i, " $1m").toUpperCase();
}

function dayName(date) {
  return part(date, { year: "numeric", month: "2-digit", day: "2-digit" });
}

function near(date) {
  const days = ["Today", "Yesterday"];
  const found = [0, 1].find((back) => dayName(date) === dayName(new Date(now() - back * 86400000)));
  if (found !== undefined) return days[found];
  return dayName(date) === dayName(new Date(now() + 86400000)) ? "Tomorrow" : null;
}

const FORMATS = {
  date_num: (date) => dayName(date),
  date: (date) => part(date, { year: "numeric", month: "long", day: "numeric" }),
  date_short: (date) => part(date, { year: "numeric", month: "short", day: "numeric" }),
  date_long: (date) => part(date, { weekday: "long", year: "numeric", month: "long", day: "numeric" }),
  time: clock,
  time_secs: (date) => part(date, { hour: "numeric", minute: "2-digit", second: "2-digit" }),
  ago: (date) => ago((now() - date.getTime()) / 60000),
};

function ago(minutes) {
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${Math.floor(minutes)} minutes ago`;
  return minutes < 1440 ? `${Math.floor(minutes / 60)} hours ago` : `${Math.floor(minutes / 1440)} days ago`;
}

// The tokens of <!date^…>: {date_short_pretty} says "Today" where it can.
export function formatDate(seconds, format) {
  const date = new Date(seconds * 1000);
  return format.replace(/\{([a-z_]+)\}/g, (whole, token) => {
    const plain = token.replace(/_pretty$/, "");
    const pretty = plain !== token ? near(date) : null;
    return pretty || (FORMATS[plain] ? FORMATS[plain](date) : whole);
  });
}

export function today() {
  return dayName(new Date(now()));
}

export function timeOf(ts) {
  return clock(new Date(Number(ts) * 1000));
}

export function dayOf(ts) {
  return formatDate(Number(ts), "{date_long_pretty}");
}
