using System.Text.Json;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Platform.Web;

/// <summary>The API's description, made of all rooms together.</summary>
public sealed class ApiDescriptionTests
{
    [Fact]
    public async Task It_is_served_to_whoever_has_signed_in_and_names_what_each_room_answers()
    {
        await using var served = await ServedProduct.StartAsync();
        using var client = served.Client();
        (await ServedProduct.SignInAsync(client, "office", Password)).Dispose();

        using var answer = await client.GetAsync("/openapi/v1.json", Ct);

        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
        using var description = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync(Ct));
        var paths = description.RootElement.GetProperty("paths");
        Assert.True(paths.TryGetProperty("/api/returns/{id}/workbook/preview", out _));
        Assert.All(
            new[] { "/api/units", "/api/items/{id}", "/api/programmes/{code}/imports", "/api/evidence/{id}", "/api/items/{id}/dossier", "/api/items/{id}/deadline-requests" },
            path => Assert.True(paths.TryGetProperty(path, out _), path));
    }
}
