import "../shell/base.css";
import { StrictMode, useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import styles from "./docs.module.css";
import { EndpointDetails } from "./EndpointDetails";
import { byCollection, type OpenApi } from "./openapi";

const DOCUMENT = "/v1/openapi.json";

/** The API reference for integrators, drawn from the very document that the platform serves; in English, as the document is. */
function Reference() {
  const [document, setDocument] = useState<OpenApi>();
  const [isMissing, setMissing] = useState(false);
  useEffect(() => {
    fetch(DOCUMENT)
      .then(async (answer) => {
        if (!answer.ok) throw new Error(String(answer.status));
        setDocument((await answer.json()) as OpenApi);
      })
      .catch(() => setMissing(true));
  }, []);
  return (
    <>
      <aside className={styles.banner} aria-label="Classification of this page">
        UNCLASSIFIED
      </aside>
      <main className={styles.page}>
        <h1>Good Offices API</h1>
        <p>
          The same as <a href={DOCUMENT}>OpenAPI 3.1</a>; events as <a href="/v1/asyncapi.json">AsyncAPI</a>. Tokens come from <code>POST /oauth2/token</code> and go into <code>Authorization: Bearer</code>.
        </p>
        {isMissing && <p role="alert">The document cannot be read now. Try again shortly.</p>}
        {document ? <Collections document={document} /> : !isMissing && <p role="status">Loading</p>}
      </main>
      <aside className={styles.banner} aria-label="Classification of this page, bottom">
        UNCLASSIFIED
      </aside>
    </>
  );
}

function Collections({ document }: { document: OpenApi }) {
  const groups = byCollection(document);
  return (
    <>
      <nav aria-label="Collections" className={styles.nav}>
        {groups.map(([collection]) => (
          <a key={collection} href={`#${collection}`}>
            {collection}
          </a>
        ))}
      </nav>
      {groups.map(([collection, endpoints]) => (
        <section key={collection} aria-labelledby={collection}>
          <h2 id={collection}>{collection}</h2>
          {endpoints.map((endpoint) => (
            <EndpointDetails key={endpoint.operation.operationId} document={document} endpoint={endpoint} />
          ))}
        </section>
      ))}
    </>
  );
}

const root = document.getElementById("root");
if (!root) throw new Error("docs.html has no #root");
createRoot(root).render(
  <StrictMode>
    <Reference />
  </StrictMode>,
);
