using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Rectify.Platform;
using Rectify.Platform.Web;

namespace Rectify.Evidence.Pages;

/// <summary>A page that changes a piece of one's own units; for everyone else there is none.</summary>
public abstract class PieceChangeBase : EvidencePageBase
{
    [Parameter] public Guid Id { get; set; }

    internal PieceView? View { get; private set; }

    /// <summary>The version that the person saw.</summary>
    protected int Seen => int.TryParse(Posted("version"), out var version) ? version : View!.Piece.Version;

    protected IReadOnlyList<Crumb> PathTo(string here) =>
        [new(View!.Programme.ShortName, $"/p/{View.Programme.Code}/items"), new(View.Piece.Title, $"/evidence/{Id}"), new(here)];

    protected async Task OpenPieceAsync()
    {
        await OpenAsync();
        View = await PieceView.ReadAsync(Db, Access, Id, Ct);
        if (View is null || !await Db.PiecesOf(Access).AnyAsync(piece => piece.Id == Id, Ct))
        {
            throw Refusal.NotFound("evidence", Id);
        }

        Show(View.Programme);
    }
}
