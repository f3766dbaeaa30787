export default function PolicyPage(_: { readonly session?: unknown }) {
  return <p>PolicyPage</p>;
}
