import styles from "./docs.module.css";
import { inWords, parametersOf, resolve, type Endpoint, type OpenApi, type Schema } from "./openapi";

export function EndpointDetails({ document, endpoint }: { document: OpenApi; endpoint: Endpoint }) {
  const { method, path, operation } = endpoint;
  const parameters = parametersOf(document, operation);
  return (
    <details className={styles.endpoint} id={operation.operationId}>
      <summary>
        <code className={styles.method} data-method={method}>
          {method.toUpperCase()}
        </code>
        <code>{path}</code> <span>{operation.description ?? operation.summary}</span>
      </summary>
      <p className="soft">
        operationId <code>{operation.operationId}</code>
      </p>
      {parameters.length > 0 && (
        <Fields
          caption="Parameters"
          rows={parameters.map(({ name, in: where, required = false, schema, description }) => ({ name: `${name} (${where})`, isRequired: required, type: inWords(document, schema), description }))}
        />
      )}
      {Object.entries(operation.requestBody?.content ?? {}).map(([type, { schema }]) => (
        <SchemaFields key={type} document={document} caption={`Body, ${type}`} schema={schema} />
      ))}
      {Object.entries(operation.responses)
        .filter(([status]) => status.startsWith("2"))
        .flatMap(([status, { content }]) => Object.entries(content ?? {}).map(([type, { schema }]) => <SchemaFields key={status + type} document={document} caption={`Answer ${status}, ${type}`} schema={schema} />))}
    </details>
  );
}

function SchemaFields({ document, caption, schema }: { document: OpenApi; caption: string; schema: Schema | undefined }) {
  const { properties, required = [] } = resolve(document, schema) ?? {};
  if (!properties) {
    return (
      <p>
        <strong>{caption}:</strong> <code>{inWords(document, schema)}</code>
      </p>
    );
  }
  const rows = Object.entries(properties).map(([name, field]) => ({ name, isRequired: required.includes(name), type: inWords(document, field), description: field.description }));
  return <Fields caption={caption} rows={rows} />;
}

interface Row {
  name: string;
  isRequired: boolean;
  type: string;
  description: string | undefined;
}

function Fields({ caption, rows }: { caption: string; rows: Row[] }) {
  return (
    <table className={styles.fields}>
      <caption>{caption}</caption>
      <tbody>
        {rows.map(({ name, isRequired, type, description }) => (
          <tr key={name}>
            <th scope="row">
              <code>{name}</code>
              {isRequired && <span className={styles.required}> required</span>}
            </th>
            <td>
              <code>{type}</code>
            </td>
            <td>{description}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
