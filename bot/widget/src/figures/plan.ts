// The plan: its steps down a line of time, each with its date and how it stands.

import { s } from "../dom";
import type { Strings } from "../strings";
import { lines, sheet, STRONG, textBlock, WIDTH } from "./drawing";
import type { Grid, PlanSteps } from "./shapes";

const LEFT = 34;
const SIGNS: Record<string, string> = {
  done: "M-4 0l3 3 6-6",
  moved: "M-4 0h8m-3-3l3 3-3 3",
  dropped: "M-3-3l6 6m0-6l-6 6",
};

/** Draws the plan. */
export function drawPlan(plan: PlanSteps, strings: Strings): SVGElement {
  const shapes: SVGElement[] = [];
  let y = 4;
  for (const [index, step] of plan.steps.entries()) {
    const title = lines(step.title, WIDTH - LEFT - 4, STRONG, 3);
    const height = 26 + title.length * 17 + 8;
    const ends = index === plan.steps.length - 1 ? [] : [s("line", { class: "rule", x1: 13, y1: y + 24, x2: 13, y2: y + height + 2 })];
    shapes.push(
      ...ends,
      sign(step.status, y + 13),
      textBlock([when(step, strings)], LEFT, y + 17, 0, "small"),
      textBlock(title, LEFT, y + 35, 17, "strong"),
    );
    y += height;
  }
  return sheet(y, strings.plan, describePlan(plan, strings), ...shapes);
}

/** Says in words what the plan shows. */
export function describePlan(plan: PlanSteps, strings: Strings): string {
  return plan.steps.map((step) => `${step.title} (${when(step, strings)})`).join("; ");
}

/** Returns the same as a table. */
export function planTable(plan: PlanSteps, strings: Strings): Grid {
  const rows = plan.steps.map((step) => [step.title, dateIn(step.date, strings), statusIn(step.status, strings)]);
  return { kind: "table", columns: [strings.step, strings.date, strings.status], rows };
}

function when(step: PlanSteps["steps"][number], strings: Strings): string {
  return [dateIn(step.date, strings), statusIn(step.status, strings)].filter(Boolean).join(" \u00b7 ");
}

function statusIn(status: string, strings: Strings): string {
  const known: Record<string, string> = { open: strings.open_, done: strings.done, moved: strings.moved, dropped: strings.dropped };
  return known[status] ?? status;
}

/** An ISO date in the words of the language; other words stay as they are. */
function dateIn(date: string, strings: Strings): string {
  if (!/^\d{4}-\d\d-\d\d$/.test(date)) return date;
  const day = new Date(`${date}T12:00:00Z`);
  const format: Intl.DateTimeFormatOptions = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
  return Number.isNaN(day.getTime()) ? date : day.toLocaleDateString(strings.locale, format);
}

function sign(status: string, y: number): SVGElement {
  const shape = s("g", { class: `sign ${status in SIGNS ? status : "open"}`, transform: `translate(13 ${y})` }, s("circle", { r: 9 }));
  const path = SIGNS[status];
  if (path) shape.append(s("path", { d: path }));
  return shape;
}
