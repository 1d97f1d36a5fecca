/** The product's mark: a shield with the lines of a briefing. */
export const pageIcon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="#2f5bea" d="M16 2 4 6.5v8.7C4 22.6 9 28 16 30c7-2 12-7.4 12-14.8V6.5z"/><path stroke="#fff" stroke-width="2.4" stroke-linecap="round" d="M10.5 12h11M10.5 16.5h11M10.5 21h6"/></svg>
`;
