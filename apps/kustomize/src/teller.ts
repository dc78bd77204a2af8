/** What tells people and programs about findings; loaded only where there are some. */
export { formatFinding, formatJson, renderDocument } from '@pindrift/report';
