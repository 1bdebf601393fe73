import './styles.css';
import { MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Provider } from 'urql';
import { client } from './api/client';
import { App } from './app';
import { Connection } from './session/connection';
import { SessionProvider } from './session/session';
import { SessionEnded } from './session/session-ended';

const place = document.getElementById('portal');
if (!place) throw new Error('The page has no place for the portal.');

// Mantine's own style elements stay out: the policy of the page takes styles from files alone (theme.css).
createRoot(place).render(
  <StrictMode>
    <MantineProvider defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
      <Provider value={client}>
        <SessionProvider>
          <App />
          <SessionEnded />
        </SessionProvider>
        <Connection />
      </Provider>
    </MantineProvider>
  </StrictMode>,
);
