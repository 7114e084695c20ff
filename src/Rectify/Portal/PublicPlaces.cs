using Microsoft.EntityFrameworkCore;
using Rectify.Closure;
using Rectify.Platform.Data;
using Rectify.Platform.Text;

namespace Rectify.Portal;

/// <summary>Where the public reads of items, for papers and notices.</summary>
internal sealed class PublicPlaces(Db db, PublicProof prove, Words words) : IPublicPlace
{
    public async Task<IReadOnlyList<PublicPlace>> OfAsync(IReadOnlyCollection<Guid> items, CancellationToken ct) => await OfAsync(items, _ => true, ct);

    public async Task<IReadOnlyList<PublicPlace>> SayingAsync(IReadOnlyCollection<Guid> items, IReadOnlyList<Mask> masks, CancellationToken ct)
    {
        var masking = new Masking(masks);
        return await OfAsync(items, one => one.Snapshot!.With(masking.Apply).Write() != one.Content || one.Changes.Any(change => masking.Apply(change.Remark) != change.Remark), ct);
    }

    private async Task<List<PublicPlace>> OfAsync(IReadOnlyCollection<Guid> items, Func<Publication, bool> which, CancellationToken ct)
    {
        var ids = items.ToArray();
        var found = await (
            from one in db.PublicFor()
            where one.State == PublicationState.Published && EF.Parameter(ids).Contains(one.ItemId)
            join programme in db.PublicProgrammes() on one.ProgrammeId equals programme.ProgrammeId
            orderby one.SortKey, one.Id
            select new { One = one, programme.Code }).ToListAsync(ct);
        return [.. found.Where(one => which(one.One)).Select(one => new PublicPlace(PublicEndpoints.Heading(words, one.One.Number, one.One.Title), Path(one.Code, one.One), one.One.ClosedOn is not null && prove.IsPublished, one.One.Snapshot?.Pictures.Count ?? 0))];
    }

    public async Task<string?> CheckedAtAsync(Guid item, CancellationToken ct) =>
        await db.PublicFor().SingleOrDefaultAsync(one => one.ItemId == item && one.ClosedOn != null, ct) is { } one && await prove.ReadAsync(one, ct) is { } proof
            ? CheckedAt((await db.PublicProgrammes().SingleAsync(programme => programme.ProgrammeId == one.ProgrammeId, ct)).Code, one, proof)
            : null;

    public async Task<string> HotlineAsync(Guid programme, CancellationToken ct) =>
        await db.PublicProgrammes().Where(one => one.ProgrammeId == programme).Select(one => one.Hotline).SingleOrDefaultAsync(ct) ?? "";

    /// <summary>The page of an item.</summary>
    internal static string Path(string code, Publication one) => $"/public/{code}/items/{one.PublicId}";

    /// <summary>What stands in a QR code: what is behind # stays with the reader, so that paper says whom to believe.</summary>
    internal static string CheckedAt(string code, Publication one, Publishing.EntryProof proof) =>
        $"{Path(code, one)}/verify#k={Uri.EscapeDataString(PublicProof.KeyOf(proof))}&h={Convert.ToHexStringLower(proof.Hash)}";
}
