// SPDX-License-Identifier: Apache-2.0

// Body of a function: every text and every graphic in sight whose contrast is below what
// WCAG 2.2 asks for (1.4.3 and 1.4.11), each as a line of text.

const context = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', { willReadFrequently: true });

function rgba(color) {
	context.clearRect(0, 0, 1, 1);
	context.fillStyle = color;
	context.fillRect(0, 0, 1, 1);
	const [red, green, blue, alpha] = context.getImageData(0, 0, 1, 1).data;
	return { rgb: [red, green, blue], alpha: alpha / 255 };
}

function over({ rgb, alpha }, below) {
	return rgb.map((value, index) => value * alpha + below[index] * (1 - alpha));
}

function ancestors(node) {
	const all = [];
	for (let one = node; one instanceof Element; one = one.parentElement) {
		all.push(one);
	}
	return all;
}

// a dialog in the top layer stands on its own ground
function groundOf(node) {
	return ancestors(node).reverse().reduce((ground, one) => over(rgba(getComputedStyle(one).backgroundColor), ground),
		matchMedia('(prefers-color-scheme: dark)').matches ? [0, 0, 0] : [255, 255, 255]);
}

function luminance(rgb) {
	const [red, green, blue] = rgb.map((value) => value / 255).map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

// as the filter grayscale(1) does it
function seen(node, rgb) {
	const filters = ancestors(node).map((one) => getComputedStyle(one).filter).filter((filter) => filter !== 'none');
	if (filters.some((filter) => filter !== 'grayscale(1)')) {
		throw new Error(`Filters whose effect is not known: ${filters}`);
	}
	const [red, green, blue] = rgb;
	return filters.length > 0 ? new Array(3).fill(0.2126 * red + 0.7152 * green + 0.0722 * blue) : rgb;
}

function contrast(one, other) {
	const [light, dark] = [luminance(one), luminance(other)].sort((first, second) => second - first);
	return (light + 0.05) / (dark + 0.05);
}

function isInSight(node) {
	if (!node.checkVisibility({ visibilityProperty: true, opacityProperty: true })) {
		return false;
	}
	const { width, height } = node.getBoundingClientRect();
	return width > 1 && height > 1 && !node.matches('.visually-hidden, .visually-hidden *');
}

function hasOwnText(node) {
	return [...node.childNodes].some(({ nodeType, nodeValue }) => nodeType === Node.TEXT_NODE && nodeValue.trim() !== '')
		|| (node.matches('input') && (node.value !== '' || node.placeholder !== ''));
}

function opacityOf(node) {
	return ancestors(node).reduce((opacity, one) => opacity * Number(getComputedStyle(one).opacity), 1);
}

function nameOf(node) {
	const path = ancestors(node).slice(0, 3).reverse().map((one) => one.localName + (one.id ? `#${one.id}` : '') + [...one.classList].map((name) => `.${name}`).join(''));
	return `${path.join(' > ')} "${(node.textContent || node.placeholder || '').trim().slice(0, 40)}"`;
}

const poor = [];
let looked = 0;

function demand(node, what, color, ground, least) {
	looked++;
	const { rgb, alpha } = rgba(color);
	const actual = contrast(seen(node, over({ rgb, alpha: alpha * opacityOf(node) }, ground)), seen(node, ground));
	if (actual < least) {
		poor.push(`${what} ${actual.toFixed(2)} < ${least}: ${nameOf(node)}`);
	}
}

for (const node of document.querySelectorAll('body *:not(script, option, svg *)')) {
	// what is disabled is exempt
	if (!isInSight(node) || node.matches(':disabled')) {
		continue;
	}
	const style = getComputedStyle(node);
	const ground = groundOf(node);
	if (hasOwnText(node)) {
		const size = parseFloat(style.fontSize);
		const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
		const color = node.matches('input') && node.value === '' ? getComputedStyle(node, '::placeholder').color : style.color;
		demand(node, 'text', color, ground, isLarge ? 3 : 4.5);
	}
	if (node.matches('input, select')) {
		demand(node, 'edge', style.borderTopColor, groundOf(node.parentElement), 3);
	}
	if (node.matches('.rest, .dot')) {
		demand(node, 'graphic', style.backgroundColor, groundOf(node.parentElement), 3);
	}
}
for (const node of document.querySelectorAll('.bin')) {
	if (isInSight(node)) {
		demand(node, 'graphic', getComputedStyle(node).fill, groundOf(node), 3);
	}
}
const root = getComputedStyle(document.documentElement);
for (const ground of ['--ground', '--surface', '--sunken']) {
	demand(document.body, `focus ring on ${ground}`, root.getPropertyValue('--accent'), rgba(root.getPropertyValue(ground)).rgb, 3);
}
return { looked, poor };
