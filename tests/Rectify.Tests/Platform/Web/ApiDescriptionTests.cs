using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
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
            new[] { "/api/units", "/api/items/{id}", "/api/programmes/{code}/imports", "/api/evidence/{id}", "/api/items/{id}/dossier", "/api/items/{id}/deadline-requests", "/api/draws/{id}" },
            path => Assert.True(paths.TryGetProperty(path, out _), path));
        Assert.Empty(
            from path in paths.EnumerateObject()
            from operation in path.Value.EnumerateObject()
            where !operation.Value.TryGetProperty("summary", out _)
            select $"{operation.Name} {path.Name} says nothing of itself");
    }

    /// <summary>A body without anything: 400 where a member has to be there, and nowhere a fault of the server.</summary>
    [Fact]
    public async Task No_endpoint_fails_over_a_body_that_lacks_what_it_needs()
    {
        await using var served = await ServedProduct.StartAsync();
        using var client = served.Client();
        (await ServedProduct.SignInAsync(client, "office", Password)).Dispose();
        client.DefaultRequestHeaders.Accept.Clear(); // another system, not a browser
        using var description = JsonDocument.Parse(await client.GetStreamAsync("/openapi/v1.json", Ct));
        var schemas = description.RootElement.GetProperty("components").GetProperty("schemas");
        JsonElement Schema(JsonElement of) => of.TryGetProperty("$ref", out var name) ? schemas.GetProperty(name.GetString()!.Split('/')[^1]) : of;
        List<string> wrong = [];
        var (tried, refused) = (0, 0);
        foreach (var (path, operation) in from path in description.RootElement.GetProperty("paths").EnumerateObject() from operation in path.Value.EnumerateObject() select (path.Name, operation))
        {
            var schema = operation.Value.TryGetProperty("requestBody", out var asked) && asked.GetProperty("content").TryGetProperty("application/json", out var json)
                ? Schema(json.GetProperty("schema")) : (JsonElement?)null;
            var needs = schema?.TryGetProperty("required", out var required) == true ? [.. required.EnumerateArray().Select(name => name.GetString()!)] : Array.Empty<string>();
            string[] bodies = ["{}", "null", "[null]", .. needs.Select(name => $"{{\"{name}\":null}}")];
            foreach (var body in bodies)
            {
                var address = Regex.Replace(path, @"\{(\w+)[^}]*\}", part => part.Groups[1].Value switch { "code" => "R", "kind" => "Weekly", "year" => "2027", "no" or "page" => "1", _ => Guid.CreateVersion7().ToString() });
                using var request = new HttpRequestMessage(new HttpMethod(operation.Name.ToUpperInvariant()), address) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
                request.Headers.Add("Tus-Resumable", "1.0.0");
                using var answer = await client.SendAsync(request, Ct);
                tried++;
                var must = needs.Length > 0 && body == "{}";
                refused += must ? 1 : 0;
                if ((int)answer.StatusCode >= 500 || (must && ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType) is not (400, "application/problem+json")))
                {
                    wrong.Add($"{operation.Name} {path} {body}: {(int)answer.StatusCode} {answer.Content.Headers.ContentType}");
                }
            }
        }

        Assert.Empty(wrong);
        Assert.Empty(served.Warnings);
        Assert.True(tried > 200 && refused > 20, $"{tried} tried, {refused} of them bodies that lack something");
    }

    [Theory]
    [InlineData("{\"version\":1}")]
    [InlineData("{\"version\":1,\"written\":null}")]
    [InlineData("{\"version\":1,\"written\":{\"title\":\"T\"}}")]
    public async Task A_body_that_lacks_an_object_within_is_refused_as_a_problem(string body)
    {
        await using var served = await ServedProduct.StartAsync();
        using var client = served.Client();
        (await ServedProduct.SignInAsync(client, "office", Password)).Dispose();
        client.DefaultRequestHeaders.Accept.Clear(); // another system, not a browser

        using var answer = await client.PutAsync($"/api/bulletins/{Guid.CreateVersion7()}", new StringContent(body, Encoding.UTF8, "application/json"), Ct);

        Assert.Equal((400, "application/problem+json"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }
}
