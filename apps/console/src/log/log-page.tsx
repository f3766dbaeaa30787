export default function LogPage(_: { readonly session?: unknown }) {
  return <p>LogPage</p>;
}
