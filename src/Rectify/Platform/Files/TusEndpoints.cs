using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Rectify.Platform.Files;

/// <summary>Resumable upload: tus 1.0.0 with creation, creation-with-upload, termination, expiration and checksum.</summary>
/// <remarks>
/// Source: https://tus.io/protocols/resumable-upload. The header <c>Tus-Resumable</c>, which every request but OPTIONS must
/// carry, is also what keeps a form of another site from writing here: a browser sends it only by our own scripts.
/// </remarks>
internal static class TusEndpoints
{
    public const string Path = "/api/uploads";

    private const string Version = "1.0.0";

    private const string Bytes = "application/offset+octet-stream";

    /// <summary>The checksum does not fit. Source: tus 1.0.0, Checksum.</summary>
    private const int ChecksumMismatch = 460;

    public static void MapUploads(this IEndpointRouteBuilder app)
    {
        var uploads = app.MapGroup(Path).WithTags("Uploads").RequireAuthorization().AddEndpointFilter(CheckVersionAsync)
            .WithMetadata(new DisableRequestSizeLimitAttribute()); // a file's own limit is checked when it is begun
        uploads.MapMethods("", [HttpMethods.Options], Describe).WithSummary("Which parts of tus 1.0 are spoken, and how large a file may be.");
        uploads.MapMethods("{id:guid}", [HttpMethods.Options], Describe).WithSummary("The same, for one upload.");
        uploads.MapPost("", CreateAsync).WithSummary("Begins an upload; its address is in Location.");
        uploads.MapMethods("{id:guid}", [HttpMethods.Head], ReadAsync).WithSummary("How much of an upload has arrived.");
        uploads.MapPatch("{id:guid}", AppendAsync).WithSummary("Sends the next bytes of an upload.");
        uploads.MapDelete("{id:guid}", DropAsync).WithSummary("Gives an upload up.");
        uploads.MapPost("{id:guid}", OverrideAsync).WithSummary("PATCH or DELETE by X-HTTP-Method-Override."); // for networks that let no PATCH through
    }

    private static async ValueTask<object?> CheckVersionAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        http.Response.OnStarting(static state =>
        {
            ((HttpContext)state).Response.Headers["Tus-Resumable"] = Version;
            return Task.CompletedTask;
        }, http);
        if (HttpMethods.IsOptions(http.Request.Method) || http.Request.Headers["Tus-Resumable"] == Version)
        {
            return await next(context);
        }

        http.Response.Headers["Tus-Version"] = Version;
        return TypedResults.StatusCode(StatusCodes.Status412PreconditionFailed);
    }

    private static NoContent Describe(HttpResponse answer, IOptions<UploadOptions> options)
    {
        answer.Headers["Tus-Version"] = Version;
        answer.Headers["Tus-Extension"] = "creation,creation-with-upload,termination,expiration,checksum";
        answer.Headers["Tus-Max-Size"] = options.Value.Largest.ToString(CultureInfo.InvariantCulture);
        answer.Headers["Tus-Checksum-Algorithm"] = "sha1,sha256";
        return TypedResults.NoContent();
    }

    private static async Task<IResult> CreateAsync(HttpContext http, Uploads uploads, Actor by, CancellationToken ct)
    {
        if (Number(http.Request, "Upload-Length") is not { } length)
        {
            throw Refusal.Malformed("Upload-Length is missing or is no whole number.");
        }

        var metadata = http.Request.Headers["Upload-Metadata"].ToString();
        if (metadata.Length > 2_000 || FileName(metadata) is not { } name)
        {
            throw Refusal.Malformed("Upload-Metadata is too long or not as tus 1.0.0 says.");
        }

        var withBytes = http.Request.ContentType == Bytes;
        if (withBytes && http.Request.ContentLength > length)
        {
            throw Refusal.TooLarge(length / 1_048_576);
        }

        var upload = await uploads.BeginAsync(length, name, metadata, by, ct);
        http.Response.Headers.Location = $"{Path}/{upload.Id}";
        if (withBytes)
        {
            if (await TakeAsync(http, upload, uploads, ct) is { } no)
            {
                return no;
            }

            http.Response.Headers["Upload-Offset"] = upload.Offset.ToString(CultureInfo.InvariantCulture);
        }

        SayExpiry(http.Response, upload);
        return TypedResults.StatusCode(StatusCodes.Status201Created);
    }

    private static async Task<IResult> ReadAsync(Guid id, HttpContext http, Uploads uploads, Actor by, CancellationToken ct)
    {
        var upload = await uploads.FindAsync(id, by, ct);
        var headers = http.Response.Headers;
        headers["Upload-Offset"] = upload.Offset.ToString(CultureInfo.InvariantCulture);
        headers["Upload-Length"] = upload.Length.ToString(CultureInfo.InvariantCulture);
        headers.CacheControl = "no-store";
        if (upload.Metadata.Length > 0)
        {
            headers["Upload-Metadata"] = upload.Metadata;
        }

        SayExpiry(http.Response, upload);
        return TypedResults.Ok();
    }

    private static async Task<IResult> AppendAsync(Guid id, HttpContext http, Uploads uploads, Actor by, CancellationToken ct)
    {
        if (http.Request.ContentType != Bytes)
        {
            return TypedResults.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        }

        var offset = Number(http.Request, "Upload-Offset") ?? throw Refusal.Malformed("Upload-Offset is missing or is no whole number.");
        var upload = await uploads.FindAsync(id, by, ct);
        if (offset != upload.Offset)
        {
            throw Refusal.Conflict("upload.offset", $"The upload stands at {upload.Offset}.", upload.Offset);
        }

        if (http.Request.ContentLength > upload.Length - offset)
        {
            throw Refusal.TooLarge(upload.Length / 1_048_576);
        }

        if (await TakeAsync(http, upload, uploads, ct) is { } no)
        {
            return no;
        }

        http.Response.Headers["Upload-Offset"] = upload.Offset.ToString(CultureInfo.InvariantCulture);
        SayExpiry(http.Response, upload);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> DropAsync(Guid id, Uploads uploads, Actor by, CancellationToken ct)
    {
        await uploads.DropAsync(await uploads.FindAsync(id, by, ct), ct);
        return TypedResults.NoContent();
    }

    private static Task<IResult> OverrideAsync(Guid id, HttpContext http, Uploads uploads, Actor by, CancellationToken ct) =>
        http.Request.Headers["X-HTTP-Method-Override"].ToString().ToUpperInvariant() switch
        {
            "PATCH" => AppendAsync(id, http, uploads, by, ct),
            "DELETE" => DropAsync(id, uploads, by, ct),
            "HEAD" => ReadAsync(id, http, uploads, by, ct),
            _ => Task.FromResult<IResult>(TypedResults.StatusCode(StatusCodes.Status405MethodNotAllowed)),
        };

    // What is wrong with the piece, or null.
    private static async Task<IResult?> TakeAsync(HttpContext http, Upload upload, Uploads uploads, CancellationToken ct)
    {
        (HashAlgorithmName, byte[])? checksum = null;
        if (http.Request.Headers["Upload-Checksum"].ToString() is { Length: > 0 } header)
        {
            checksum = Checksum(header) ?? throw Refusal.Malformed("Upload-Checksum names no algorithm that is known here.");
        }

        try
        {
            return await uploads.AppendAsync(upload, http.Request.Body, checksum, ct) ? null : TypedResults.StatusCode(ChecksumMismatch);
        }
        catch (ConnectionResetException)
        {
            http.Abort(); // what came is kept and nobody is there to hear it; the server must not read on at a line that is gone
            return TypedResults.StatusCode(StatusCodes.Status499ClientClosedRequest);
        }
    }

    private static (HashAlgorithmName, byte[])? Checksum(string header) => header.Split(' ') switch
    {
        ["sha1", var value] when Decoded(value) is { Length: 20 } digest => (HashAlgorithmName.SHA1, digest),
        ["sha256", var value] when Decoded(value) is { Length: 32 } digest => (HashAlgorithmName.SHA256, digest),
        _ => null,
    };

    private static void SayExpiry(HttpResponse answer, Upload upload) =>
        answer.Headers["Upload-Expires"] = upload.ExpiresAt.ToString("R", CultureInfo.InvariantCulture);

    private static long? Number(HttpRequest request, string header) =>
        long.TryParse(request.Headers[header], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <returns>The name that <c>filename</c> says; empty without one; <see langword="null"/> if the header is broken.</returns>
    internal static string? FileName(string metadata)
    {
        var name = "";
        foreach (var pair in metadata.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Trim().Split(' ');
            if (parts.Length > 2 || parts[0].Length == 0 || Decoded(parts.Length == 2 ? parts[1] : "") is not { } value)
            {
                return null;
            }

            if (parts[0] is "filename" or "name")
            {
                name = Encoding.UTF8.GetString(value);
            }
        }

        return name;
    }

    private static byte[]? Decoded(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? bytes[..length] : null;
    }
}
