package io.edgeflow.process.mqtt;

/** The broker could not be started; the message says what an operator can do about it. */
public class BrokerStartException extends Exception {
  public BrokerStartException(String message) {
    super(message);
  }

  public BrokerStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
