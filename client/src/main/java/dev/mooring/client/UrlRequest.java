package dev.mooring.client;

/**
 * A server asks the user to open a page. It must be shown, and opened only if the user agrees.
 *
 * @param message why, for the user to read
 */
public record UrlRequest(String message, String url) {}
