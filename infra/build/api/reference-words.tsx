import type { VNode } from 'preact';

/** The little of Markdown that the declarations use: paragraphs, lists, and code between backticks. */
export function Words({ text }: { readonly text: string }): VNode {
  return (
    <>
      {text.split('\n\n').map(block =>
        block.startsWith('- ') ? (
          <ul>
            {block.split('\n').map(line => (
              <li>
                <WithCode text={line.replace(/^- /, '')} />
              </li>
            ))}
          </ul>
        ) : (
          <p>
            <WithCode text={block} />
          </p>
        ),
      )}
    </>
  );
}

function WithCode({ text }: { readonly text: string }): VNode {
  return <>{text.split('`').map((part, index) => (index % 2 === 1 ? <code>{part}</code> : part))}</>;
}
