package dev.mooring.client;

/**
 * How far a call has come.
 *
 * @param total 0 if the server did not say
 * @param message empty if the server did not say
 */
public record Progress(double done, double total, String message) {}
