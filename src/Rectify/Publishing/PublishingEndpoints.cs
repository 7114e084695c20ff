using Microsoft.AspNetCore.Http.HttpResults;
using Rectify.Proof;

namespace Rectify.Publishing;

/// <summary>The published journal and proofs of its entries, for everybody.</summary>
internal static class PublishingEndpoints
{
    public static void MapPublishing(this IEndpointRouteBuilder app)
    {
        if (app.ServiceProvider.GetService<IPublishedStore>() is null)
        {
            return;
        }

        var open = app.MapGroup("/journal").WithTags("Journal").AllowAnonymous();
        open.MapGet("/checkpoint", (IPublishedStore store, HttpResponse answer, CancellationToken ct) => FileAsync(PublishedFiles.Checkpoint, store, answer, ct))
            .WithSummary("The newest checkpoint (C2SP tlog-checkpoint).");
        open.MapGet("/tile/{**path}", TileAsync).WithSummary("A tile or a bundle of entries (C2SP tlog-tiles).");
        open.MapGet("/timestamps/{size:long}", (long size, IPublishedStore store, HttpResponse answer, CancellationToken ct) => FileAsync(PublishedFiles.StampedOf(size), store, answer, ct))
            .WithSummary("A checkpoint as a time-stamp authority stamped it.");
        open.MapGet("/timestamps/{size:long}.tsr", (long size, IPublishedStore store, HttpResponse answer, CancellationToken ct) => FileAsync(PublishedFiles.StampOf(size), store, answer, ct))
            .WithSummary("The authority's answer (RFC 3161).");
        open.MapGet("/policy", (JournalKeys keys) => TypedResults.Bytes(keys.PolicyFile, "text/plain; charset=utf-8")).WithSummary("The keys of the journal and of its witnesses. Believe them only if they come from elsewhere too.");
        open.MapGet("/entries/{id:guid}/proof.zip", ProofAsync).WithSummary("The proof of one entry, for rectify-verify; without openings.");
    }

    private static Task<Results<FileContentHttpResult, NotFound>> TileAsync(string path, IPublishedStore store, HttpResponse answer, CancellationToken ct) =>
        TilePath.TryParse($"tile/{path}", out var tile) ? FileAsync(tile.ToString(), store, answer, ct) : Task.FromResult<Results<FileContentHttpResult, NotFound>>(TypedResults.NotFound());

    private static async Task<Results<FileContentHttpResult, NotFound>> FileAsync(string path, IPublishedStore store, HttpResponse answer, CancellationToken ct)
    {
        if (await store.ReadAsync(path, ct) is not { } bytes)
        {
            return TypedResults.NotFound();
        }

        answer.Headers.CacheControl = PublishedFiles.CacheOf(path);
        answer.Headers.AccessControlAllowOrigin = "*"; // whoever checks us may do so from a page of their own
        return TypedResults.Bytes(bytes, PublishedFiles.TypeOf(path));
    }

    private static async Task<Results<FileContentHttpResult, NotFound>> ProofAsync(Guid id, ProveEntry prove, CancellationToken ct)
    {
        if (await prove.RunAsync(id, ct) is not { } proof)
        {
            return TypedResults.NotFound();
        }

        using var zip = new MemoryStream();
        await ProofPackage.WriteAsync(zip, proof, null, [], ct);
        return TypedResults.Bytes(zip.ToArray(), "application/zip", ProofPackage.NameOf(proof));
    }
}
