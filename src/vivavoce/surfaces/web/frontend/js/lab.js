// A slider beside each number of a lab's form; the number alone is what is sent.
const STEPS = 100;

export function linkSliders(root) {
  for (const box of root.querySelectorAll?.("[data-slider]") ?? []) {
    const range = box.querySelector("[data-range]");
    const number = box.querySelector("input[type=number]");
    if (!range?.hidden) continue;
    const low = Number(number.min);
    const high = Number(number.max);
    // Over a wide range equal steps of the slider are equal factors.
    const byFactors = box.dataset.log !== undefined;
    const place = (value) => (STEPS * Math.log(value / low)) / Math.log(high / low);
    const value = (at) => Number((low * (high / low) ** (at / STEPS)).toPrecision(2));
    if (byFactors) Object.assign(range, { min: 0, max: STEPS, step: 1 });
    const follow = () => {
      if (number.value === "") return;
      range.value = byFactors ? place(Number(number.value)) : number.value;
      range.setAttribute("aria-valuetext", number.value);
    };
    range.addEventListener("input", () => {
      number.value = byFactors ? value(Number(range.value)) : Number(Number(range.value).toPrecision(4));
      range.setAttribute("aria-valuetext", number.value);
    });
    number.addEventListener("input", follow);
    range.hidden = false;
    follow();
  }
}
