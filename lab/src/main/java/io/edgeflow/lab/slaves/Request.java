package io.edgeflow.lab.slaves;

/**
 * What a master sent.
 *
 * @param transaction its number over TCP; 0 as RTU
 * @param pdu function and arguments, at least one byte
 * @param bytes what the whole frame took
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Request(int transaction, int unit, byte[] pdu, int bytes) {}
