export default function AuditPage(_: { readonly session?: unknown }) {
  return <p>AuditPage</p>;
}
