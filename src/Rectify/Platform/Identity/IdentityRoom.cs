using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.AspNetCore.Identity;
using Rectify.Platform.Jobs;
using Rectify.Platform.Web;

namespace Rectify.Platform.Identity;

internal static class IdentityRoom
{
    /// <summary>The rate limit on everything that tries a password, a code or a passkey.</summary>
    public const string SignInLimit = "signin";

    /// <summary>The time in which tries from one address are counted.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>Where one signs in.</summary>
    public const string SignInPath = "/signin";

    /// <summary>Where one must go who signed in with a password given by an administrator.</summary>
    public const string PasswordPath = "/account/password";

    /// <summary>Accounts, sign-in, the cookie, and the rule that everyone must be signed in unless a page says otherwise.</summary>
    public static void AddIdentity(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddAccounts();
        services.Configure<PasswordHasherOptions>(configuration.GetSection("Passwords")); // IterationCount: a server that is stronger may ask for more than 100,000
        services.AddJob<EndIdleSessions>();
        services.AddNav(NavPlace.Person, "account", "/account", 10);

        // Keys stay with the data: cookies and open sign-ins survive a restart, and several servers may share a folder.
        var keys = Path.Combine(configuration["DataFolder"] ?? "data", "keys");
        services.AddDataProtection().SetApplicationName("Rectify").PersistKeysToFileSystem(new DirectoryInfo(keys));

        // Written as they are, and said so: without an encryptor named here each start warns that none was chosen. Who reads the
        // folder could read a key of ours beside it too; docs/map.md says what a copy of the folder gives away.
        services.Configure<KeyManagementOptions>(options => options.XmlEncryptor = new NullXmlEncryptor());

        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(cookie =>
        {
            cookie.Cookie.Name = "rectify";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax; // links in mails and documents must open signed in
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.ExpireTimeSpan = Sessions.Idle;
            cookie.SlidingExpiration = true;
            cookie.LoginPath = SignInPath;
            cookie.ReturnUrlParameter = "return";
            cookie.AccessDeniedPath = null;
            cookie.Events.OnValidatePrincipal = context =>
                context.HttpContext.RequestServices.GetRequiredService<Sessions>().ValidateAsync(context);
            cookie.Events.OnRedirectToLogin = context => AnswerAsync(context, StatusCodes.Status401Unauthorized);
            cookie.Events.OnRedirectToAccessDenied = context =>
            {
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                return Task.CompletedTask;
            };
        });
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        AddSignInLimit(services, configuration);
    }

    /// <summary>Accounts and what is done with them, without the web around it.</summary>
    public static void AddAccounts(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddMemoryCache();
        services.AddDataProtection();
        services.AddIdentityCore<Account>(options =>
        {
            options.User.AllowedUserNameCharacters = ""; // UserNameRule says it
            options.User.RequireUniqueEmail = false;
        }).AddUserStore<AccountStore>();
        services.AddScoped<IPasskeyHandler<Account>, PasskeyHandler<Account>>();
        services.AddSingleton<NobodysTries>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<StepCookie>();
        services.AddScoped<OwnAccount>();
        services.AddScoped<SignIn>();
        services.AddScoped<EndSession>();
        services.AddScoped<ChangePassword>();
        services.AddScoped<EnableTotp>();
        services.AddScoped<DisableTotp>();
        services.AddScoped<RenewRecoveryCodes>();
        services.AddScoped<AddPasskey>();
        services.AddScoped<RemovePasskey>();
    }

    /// <summary>Lets whoever must choose a password do nothing else first. Stands after authentication.</summary>
    public static void UseMustChangePassword(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        var path = http.Request.Path;
        if (!http.User.HasClaim(claim => claim.Type == Sessions.MustChangeClaim)
            || path == PasswordPath || path == "/signout" || path == "/language"
            || http.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            return next(http);
        }

        if (HttpMethods.IsGet(http.Request.Method) && !path.StartsWithSegments("/api"))
        {
            http.Response.Redirect(PasswordPath);
            return Task.CompletedTask;
        }

        throw Refusal.NotAllowed("password.must-change", "Choose a password of your own first.");
    });

    /// <summary>A path on this site, or the start page: nobody is sent elsewhere by a link to the sign-in page.</summary>
    public static string LocalPath(string? path) =>
        path is ['/'] or ['/', not ('/' or '\\'), ..] && !path.Any(char.IsControl) ? path : "/";

    private static Task AnswerAsync(Microsoft.AspNetCore.Authentication.RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        // A program is told; a person is led to the sign-in page and back.
        if (context.Request.Path.StartsWithSegments("/api") || !HttpMethods.IsGet(context.Request.Method))
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        }

        context.Response.Redirect(context.RedirectUri);
        return Task.CompletedTask;
    }

    private static void AddSignInLimit(IServiceCollection services, IConfiguration configuration)
    {
        // An office shares one address: the limit must bear a Monday morning and still stop guessing.
        var perMinute = configuration.GetValue("SignIn:TriesPerMinute", 60);
        services.AddRateLimiter(limits =>
        {
            limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limits.OnRejected = (context, _) =>
            {
                var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var rest) ? rest : Window;
                context.HttpContext.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
                return ValueTask.CompletedTask;
            };
            limits.AddPolicy(SignInLimit, http => HttpMethods.IsPost(http.Request.Method)
                ? RateLimitPartition.GetFixedWindowLimiter(
                    http.Connection.RemoteIpAddress?.ToString() ?? "-",
                    _ => new FixedWindowRateLimiterOptions { PermitLimit = perMinute, Window = Window })
                : RateLimitPartition.GetNoLimiter("-"));
        });
    }
}
