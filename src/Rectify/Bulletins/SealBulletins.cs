using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Rectify.Dispatch;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;

namespace Rectify.Bulletins;

/// <summary>Says of issued bulletins what they are once something was blackened in them. Their files are destroyed apart.</summary>
internal sealed class SealBulletins(Db db) : IFollowBlackening
{
    /// <summary>SHA-256 of what it says now, 64 small hexadecimal digits.</summary>
    public static string HashOf(Bulletin bulletin) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(bulletin.Content)));

    public async Task<IReadOnlyList<DocumentSeal>> FollowAsync(IReadOnlyCollection<object> blackened, CancellationToken ct)
    {
        var seals = new List<DocumentSeal>();
        foreach (var bulletin in blackened.OfType<Bulletin>().Where(one => one.State is not BulletinState.Draft))
        {
            var before = await db.BulletinsFor(Office.Room).AsNoTracking().SingleAsync(one => one.Id == bulletin.Id, ct);
            if (await CheckBulletins.ReadAsync(db, before, ct) is not FrozenResult.Intact)
            {
                throw Refusal.Conflict("redaction.tampered", "A closed round or an issued bulletin is not what the journal says of it. Nothing is blackened in it before that is cleared up.");
            }

            if (HashOf(before) != HashOf(bulletin))
            {
                seals.Add(new(bulletin.Id, nameof(Bulletin.Content), HashOf(bulletin)));
            }
        }

        return seals;
    }
}
