/* wine_math.dll: functions of complex numbers that Windows' C library has and Wine 8's only names. numpy and scipy
   call some when they are imported, and Wine ends a program that calls one it only names.

   Once this library is loaded, each such name of Wine's ucrtbase.dll leads here. A name is changed only where Wine's
   own code for "not written" stands, so that a Wine that has the function keeps its own. Windows passes a complex
   number as a structure of two reals; a long double is a double. */
#include <complex.h>
#include <string.h>
#include <windows.h>

typedef struct { double real, imaginary; } Double;
typedef struct { float real, imaginary; } Float;

static double complex from_double(Double z) { return z.real + z.imaginary * I; }
static float complex from_float(Float z) { return z.real + z.imaginary * I; }
static Double to_double(double complex z) { return (Double){creal(z), cimag(z)}; }
static Float to_float(float complex z) { return (Float){crealf(z), cimagf(z)}; }

#define REAL(name)                                                    \
    static double wine_##name(Double z) { return name(from_double(z)); } \
    static float wine_##name##f(Float z) { return name##f(from_float(z)); }
#define COMPLEX(name)                                                            \
    static Double wine_##name(Double z) { return to_double(name(from_double(z))); } \
    static Float wine_##name##f(Float z) { return to_float(name##f(from_float(z))); }

REAL(cabs) REAL(carg) REAL(creal) REAL(cimag)
COMPLEX(cacos) COMPLEX(cacosh) COMPLEX(casin) COMPLEX(casinh) COMPLEX(catan) COMPLEX(catanh)
COMPLEX(ccos) COMPLEX(ccosh) COMPLEX(cexp) COMPLEX(clog) COMPLEX(conj) COMPLEX(cproj) COMPLEX(csin) COMPLEX(csinh)
COMPLEX(csqrt) COMPLEX(ctan) COMPLEX(ctanh)
static Double wine_cpow(Double z, Double w) { return to_double(cpow(from_double(z), from_double(w))); }
static Float wine_cpowf(Float z, Float w) { return to_float(cpowf(from_float(z), from_float(w))); }

#define EACH(name) {#name, wine_##name}, {#name "f", wine_##name##f}, {#name "l", wine_##name}
static const struct { const char *name; void *here; } functions[] = {
    EACH(cabs), EACH(carg), EACH(creal), EACH(cimag), EACH(cacos), EACH(cacosh), EACH(casin), EACH(casinh), EACH(catan),
    EACH(catanh), EACH(ccos), EACH(ccosh), EACH(cexp), EACH(clog), EACH(conj), EACH(cproj), EACH(csin), EACH(csinh),
    EACH(csqrt), EACH(ctan), EACH(ctanh), EACH(cpow),
};

/* sub rsp, 0x28; lea rcx, [...]: how each of Wine's functions begins that is not written. */
static const unsigned char not_written[] = {0x48, 0x83, 0xec, 0x28, 0x48, 0x8d, 0x0d};

static void lead_here(unsigned char *there, void *here)
{
    DWORD before;
    if (!there || memcmp(there, not_written, sizeof not_written)
        || !VirtualProtect(there, 12, PAGE_EXECUTE_READWRITE, &before))
        return;
    memcpy(there, "\x48\xb8", 2); /* mov rax, here */
    memcpy(there + 2, &here, 8);
    memcpy(there + 10, "\xff\xe0", 2); /* jmp rax */
    VirtualProtect(there, 12, before, &before);
}

BOOL WINAPI DllMain(HINSTANCE library, DWORD reason, LPVOID unused)
{
    HMODULE ucrtbase = GetModuleHandleA("ucrtbase.dll");
    if (reason == DLL_PROCESS_ATTACH && ucrtbase)
        for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
            lead_here((unsigned char *)GetProcAddress(ucrtbase, functions[i].name), functions[i].here);
    return TRUE;
}
