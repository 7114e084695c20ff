using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Rectify.Organisation.Import;
using Rectify.Platform;
using Rectify.Platform.Data;

namespace Rectify.Organisation;

internal static class OrganisationEndpoints
{
    public static void MapOrganisation(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api").WithTags("Organisation").RequireAuthorization();
        api.MapGet("/units", ListUnits).WithSummary("All units in the order of the tree.");
        api.MapPost("/units", Create).WithSummary("Makes a unit.");
        api.MapGet("/units/{code}", Get).WithSummary("A unit with its aliases, by its code.");
        api.MapPut("/units/{code}", Change).WithSummary("Changes a unit or moves it in the tree.");
        api.MapPost("/units/{code}/aliases", Add).WithSummary("Gives a unit another name by which documents know it.");
        api.MapDelete("/units/{code}/aliases/{alias:guid}", Remove).WithSummary("Takes such a name away.");
        api.MapGet("/people", ListPeople).WithSummary("People, a page at a time; after= the last one's id.");
        api.MapPost("/people", CreateOne).WithSummary("Adds a person to a unit.");
        // Antiforgery protects forms of pages; a client of the API sends its own file on purpose.
        api.MapPost("/organisation/import", Import).WithSummary("Takes units and people over from a workbook.").DisableAntiforgery();
    }

    /// <param name="Parent">The code of the unit above; <see langword="null"/> at the top.</param>
    /// <param name="People">In the unit itself, not below it.</param>
    public sealed record UnitRow(string Code, string Name, string ShortName, UnitKind Kind, string? Parent, bool Dissolved, int People);

    /// <param name="SigningName">The name under which it signs documents; empty for its own.</param>
    /// <param name="Version">To be sent back with a change.</param>
    public sealed record UnitView(
        Guid Id, string Code, string Name, string ShortName, UnitKind Kind, string? Parent, string DivisionCode, int Order, bool Dissolved, string SigningName, int Version,
        IReadOnlyList<AliasView> Aliases);

    public sealed record AliasView(Guid Id, string Text);

    /// <param name="Parent">The code of the unit above; <see langword="null"/> for the top.</param>
    /// <param name="SigningName">The name under which it signs documents; empty for its own.</param>
    /// <param name="Version">The version that was seen; not needed for a new unit.</param>
    public sealed record UnitBody(
        string Code, string Name, UnitKind Kind, string? Parent = null, string ShortName = "", string DivisionCode = "", int Order = 0, bool Dissolved = false,
        string SigningName = "", int Version = 0)
    {
        public UnitDetails Details => new(Code, Name, Kind, ShortName, DivisionCode, Order, Dissolved, SigningName);
    }

    public sealed record AliasBody(string Text);

    public sealed record PersonView(Guid Id, string? Code, string Name, string Post, string Unit);

    /// <param name="Next">The <c>after</c> of the next page; <see langword="null"/> on the last one.</param>
    public sealed record PeoplePage(IReadOnlyList<PersonView> People, int Total, Guid? Next);

    /// <param name="Unit">The unit's code.</param>
    public sealed record PersonBody(string Name, string Unit, string? Code = null, string Post = "");

    private static async Task<Ok<List<UnitRow>>> ListUnits(Access by, Db db, CancellationToken ct) => TypedResults.Ok(
        await db.Units().AsNoTracking().OrderBy(u => u.Path)
            .Select(u => new UnitRow(
                u.Code, u.Name, u.ShortName, u.Kind, db.Units().Where(p => p.Id == u.ParentId).Select(p => p.Code).SingleOrDefault(), u.Dissolved,
                db.People().Count(p => p.UnitId == u.Id)))
            .ToListAsync(ct));

    private static async Task<Results<Ok<UnitView>, NotFound>> Get(string code, Access by, Db db, CancellationToken ct)
    {
        var unit = await db.Units().AsNoTracking().SingleOrDefaultAsync(u => u.Code == code, ct);
        return unit is null ? TypedResults.NotFound() : TypedResults.Ok(await ViewAsync(unit, db, ct));
    }

    private static async Task<Created<UnitView>> Create(UnitBody body, CreateUnit create, Access by, Db db, CancellationToken ct)
    {
        var unit = await create.RunAsync(body.Details, await ParentAsync(body.Parent, db, ct), by, ct);
        return TypedResults.Created($"/api/units/{unit.Code}", await ViewAsync(unit, db, ct));
    }

    private static async Task<Ok<UnitView>> Change(string code, UnitBody body, ChangeUnit change, Access by, Db db, CancellationToken ct)
    {
        var id = await IdAsync(code, db, ct);
        await change.RunAsync(id, body.Version, body.Details, await ParentAsync(body.Parent, db, ct), by, ct);
        return TypedResults.Ok(await ViewAsync(await db.Units().SingleAsync(u => u.Id == id, ct), db, ct));
    }

    private static async Task<Created<AliasView>> Add(string code, AliasBody body, AddAlias add, Access by, Db db, CancellationToken ct)
    {
        var alias = await add.RunAsync(await IdAsync(code, db, ct), body.Text, by, ct);
        return TypedResults.Created($"/api/units/{code}/aliases/{alias.Id}", new AliasView(alias.Id, alias.Text));
    }

    private static async Task<NoContent> Remove(string code, Guid alias, RemoveAlias remove, Access by, Db db, CancellationToken ct)
    {
        await remove.RunAsync(await IdAsync(code, db, ct), alias, by, ct);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<PeoplePage>> ListPeople(Access by, Db db, CancellationToken ct, string? unit = null, string? find = null, Guid? after = null)
    {
        var page = await PeopleList.ReadAsync(db, unit is null ? null : await IdAsync(unit, db, ct), find ?? "", after, ct);
        var next = page.Before + page.Rows.Count < page.Total ? page.Rows[^1].Id : (Guid?)null;
        return TypedResults.Ok(new PeoplePage([.. page.Rows.Select(row => new PersonView(row.Id, row.Code, row.Name, row.Post, row.Unit))], page.Total, next));
    }

    private static async Task<Created<PersonView>> CreateOne(PersonBody body, CreatePerson create, Access by, Db db, CancellationToken ct)
    {
        var unit = await db.Units().AsNoTracking().SingleOrDefaultAsync(u => u.Code == body.Unit, ct) ?? throw Refusal.NotFound("unit", body.Unit);
        var person = await create.RunAsync(new(body.Code, unit.Id, body.Name, body.Post), by, ct);
        return TypedResults.Created($"/people/{person.Id}", new PersonView(person.Id, person.Code, person.Name, person.Post, unit.Name));
    }

    /// <summary>With <c>preview=true</c> says what would happen, the cells with errors too; otherwise does it, or refuses.</summary>
    private static async Task<Ok<ImportPreview>> Import(
        IFormFile file, ImportOrganisation import, Access by, CancellationToken ct, [FromQuery] bool preview = false)
    {
        await using var content = file.OpenReadStream();
        var document = await import.KeepAsync(content, by, ct);
        return TypedResults.Ok(preview
            ? await import.PreviewAsync(document, file.FileName, by, ct)
            : await import.RunAsync(document, file.FileName, seal: null, by, ct));
    }

    private static async Task<UnitView> ViewAsync(Unit unit, Db db, CancellationToken ct) => new(
        unit.Id, unit.Code, unit.Name, unit.ShortName, unit.Kind,
        await db.Units().Where(p => p.Id == unit.ParentId).Select(p => p.Code).SingleOrDefaultAsync(ct),
        unit.DivisionCode, unit.Order, unit.Dissolved, unit.SigningName, unit.Version,
        await db.Aliases().AsNoTracking().Where(a => a.UnitId == unit.Id).OrderBy(a => a.Key).Select(a => new AliasView(a.Id, a.Text)).ToListAsync(ct));

    private static async Task<Guid?> ParentAsync(string? code, Db db, CancellationToken ct) =>
        string.IsNullOrEmpty(code) ? null : await IdAsync(code, db, ct);

    private static async Task<Guid> IdAsync(string code, Db db, CancellationToken ct) =>
        await db.Units().Where(u => u.Code == code).Select(u => (Guid?)u.Id).SingleOrDefaultAsync(ct) ?? throw Refusal.NotFound("unit", code);
}
