import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import classes from './components.module.css';

interface Props {
  name: string;
  children: ReactNode;
}

/** A panel that fails to draw says so and leaves the others alone. */
export class ErrorBoundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <div className={classes.note} role="alert">
        <p>The panel {this.props.name} could not be drawn; everything stored is kept.</p>
        <Button size="compact-xs" variant="default" onClick={() => this.setState({ failed: false })}>
          Draw it again
        </Button>
      </div>
    );
  }
}
