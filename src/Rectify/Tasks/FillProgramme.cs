using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Web;

namespace Rectify.Tasks;

/// <summary>Puts the programmes into the frame: the menu, the one that the address names, and the register's last number.</summary>
internal sealed class FillProgramme(Db db, TimeProvider clock) : IFillFrame
{
    /// <summary>Programmes in the menu; all of them stand on their own page.</summary>
    private const int MostInMenu = 12;

    public async ValueTask FillAsync(PageFrame frame, ClaimsPrincipal user, CancellationToken ct)
    {
        if (user.Identity is not { IsAuthenticated: true })
        {
            return;
        }

        var access = await Reader.AccessOf(db, Actor.From(user), clock.Today, ct);
        var named = frame.Address.Split('?')[0].Split('/') is ["", "p" or "programmes", { Length: > 0 } code, ..] && code != "new"
            ? Uri.UnescapeDataString(code)
            : null;
        var programmes = await db.ProgrammesFor(access, Right.Read).AsNoTracking()
            .OrderByDescending(programme => programme.Code == named).ThenByDescending(programme => programme.FeedbackOn).ThenBy(programme => programme.Code)
            .Select(programme => new { programme.Code, programme.ShortName }).Take(MostInMenu).ToListAsync(ct);
        frame.Programmes = [.. programmes.Select(programme => new FrameProgramme(
            programme.Code, programme.ShortName, $"/p/{Uri.EscapeDataString(programme.Code)}"))];
        frame.Programme = named is null || frame.Programmes is [{ Key: var first }, ..] && first == named ? (frame.Programmes.Count > 0 ? frame.Programmes[0] : null) : null;
        frame.Register = await db.Journal.MaxAsync(row => row.Index, ct) + 1;
        if (!access.Has(Right.Plan))
        {
            frame.Absent.Add("settings");
        }
    }
}
