import './styles.css';
import { MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Provider } from 'urql';
import { client } from './api/client';
import { App } from './app';
import { ConnectionNotice } from './session/connection';
import { SessionProvider } from './session/session';
import { SessionEnded } from './session/session-ended';

const root = document.getElementById('portal');
if (!root) throw new Error('The page has no element #portal.');

// Mantine's own style elements are switched off: the page's security policy allows styles from files only (theme.css).
createRoot(root).render(
  <StrictMode>
    <MantineProvider defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
      <Provider value={client}>
        <SessionProvider>
          <App />
          <SessionEnded />
        </SessionProvider>
        <ConnectionNotice />
      </Provider>
    </MantineProvider>
  </StrictMode>,
);
