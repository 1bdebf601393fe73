import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { words } from '../../../words';

interface PartProps {
  readonly name: keyof typeof words.configuration.parts;
  readonly children: ReactNode;
}

/** A part of a card: its title, what one should know about it, folded away, and its fields. */
export function Part({ name, children }: PartProps) {
  const { parts, learnMore, lessons } = words.configuration;
  return (
    <section className="part" aria-label={parts[name]}>
      <div>
        <Title order={3} size="h5">
          {parts[name]}
        </Title>
        <details className="lesson">
          <summary aria-label={learnMore(parts[name])}>{words.configuration.learnMoreShort}</summary>
          {lessons[name].map((paragraph) => (
            <Text key={paragraph} size="sm">
              {paragraph}
            </Text>
          ))}
        </details>
      </div>
      {children}
    </section>
  );
}
