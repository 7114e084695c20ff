using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Tasks;

namespace Rectify.Deadlines;

/// <summary>What a form for another deadline is filled with before anybody types.</summary>
internal static class DeadlineDefaults
{
    /// <summary>The body that approved the programme's plan; empty where nobody has said which.</summary>
    public static async Task<string> ApproverAsync(Db db, Guid item, Access reader, CancellationToken ct) =>
        await db.ItemsFor(reader, Right.Read).Where(one => one.Id == item)
            .Join(db.ProgrammesFor(reader, Right.Read), one => one.ProgrammeId, programme => programme.Id, (_, programme) => programme.ApprovedBy).SingleOrDefaultAsync(ct) ?? "";
}
